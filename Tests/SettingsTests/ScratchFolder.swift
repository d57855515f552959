import CLinux
import Glibc

/// A folder for one test, removed with its contents.
final class ScratchFolder: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/ritual-settings-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(code: errno) }
    path = String(decoding: template.dropLast().map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
  }

  struct Failure: Error { let code: CInt }

  deinit { Self.remove(Array(path.utf8CString)) }

  func write(_ text: String, to name: String) throws {
    try write(Array(text.utf8), to: name)
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    if let slash = name.lastIndex(of: "/") { mkdir("\(path)/\(name[..<slash])", 0o700) }
    let file = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
    guard file >= 0 else { throw Failure(code: errno) }
    let written = Glibc.write(file, bytes, bytes.count)
    close(file)
    guard written == bytes.count else { throw Failure(code: errno) }
    try waitForWriters(of: name)
  }

  /// Waits until no process has a file open for writing: a program that another test starts at this moment
  /// inherits all open files until it is executed. Only then is a read lease given (fcntl(2)).
  private func waitForWriters(of name: String) throws {
    let file = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Failure(code: errno) }
    defer { close(file) }
    while ritual_set_lease(file, Int32(F_RDLCK)) != 0 {
      guard errno == EAGAIN else { throw Failure(code: errno) }
      sched_yield()
    }
    guard ritual_set_lease(file, Int32(F_UNLCK)) == 0 else { throw Failure(code: errno) }
  }

  /// Nil if the file is missing.
  func read(_ name: String) -> String? {
    let file = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = Glibc.read(file, &buffer, buffer.count)
    return String(decoding: buffer[..<max(0, count)], as: UTF8.self)
  }

  /// The permission bits; nil if the file is missing.
  func mode(_ name: String) -> mode_t? {
    var status = stat()
    return lstat("\(path)/\(name)", &status) == 0 ? status.st_mode & 0o7777 : nil
  }

  func names(in folder: String) -> [String] { Self.names(in: "\(path)/\(folder)") }

  private static func names(in folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
      let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
      let name = String(cString: start)
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Takes bytes, since a file's name may be no text.
  private static func remove(_ path: [CChar]) {
    guard unlink(path) != 0, let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
      let name = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
      guard strcmp(name, ".") != 0, strcmp(name, "..") != 0 else { continue }
      let slash = CChar(UInt8(ascii: "/"))
      remove(path.dropLast() + [slash] + UnsafeBufferPointer(start: name, count: strlen(name) + 1))
    }
    closedir(folder)
    rmdir(path)
  }
}
