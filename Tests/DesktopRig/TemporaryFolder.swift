package import Glibc

/// A folder for one test, removed with its contents when its last owner releases it.
nonisolated package final class TemporaryFolder: Sendable {
  /// Short enough for a Unix socket inside it.
  package let path: String

  package init() throws(RigError) {
    var template = Array("/tmp/ritual-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .failed("make a temporary folder", code: errno) }
    path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  deinit {
    Self.remove(path)
  }

  /// Removes a file, or a folder with its contents, and follows no symbolic link.
  private static func remove(_ path: String) {
    guard unlink(path) != 0, let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { remove("\(path)/\(name)") }
    }
    closedir(folder)
    rmdir(path)
  }

  /// The path of an entry.
  package func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Creates a folder in it that only its owner can read.
  package func makeFolder(_ name: String) throws(RigError) -> String {
    guard mkdir(path(name), 0o700) == 0 else { throw .failed("make \(path(name))", code: errno) }
    return path(name)
  }

  /// The names in one of its folders, sorted.
  package func names(in folder: String) -> [String] {
    guard let directory = opendir(path(folder)) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Writes a file in it.
  @discardableResult
  package func write(_ text: String, to name: String, mode: mode_t = 0o600) throws(RigError) -> String {
    try write(Array(text.utf8), to: name, mode: mode)
  }

  /// Writes a file of bytes in it.
  @discardableResult
  package func write(_ bytes: [UInt8], to name: String, mode: mode_t = 0o600) throws(RigError) -> String {
    let file = open(path(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { throw .failed("write \(path(name))", code: errno) }
    defer { close(file) }
    guard Glibc.write(file, bytes, bytes.count) == bytes.count else {
      throw .failed("write \(path(name))", code: errno)
    }
    return path(name)
  }

  /// Moves an entry in it, replacing the entry of the new name.
  package func rename(_ old: String, to new: String) throws(RigError) {
    guard Glibc.rename(path(old), path(new)) == 0 else { throw .failed("move \(path(old))", code: errno) }
  }

  /// The contents of a file in it; nil if it is missing.
  package func read(_ name: String) -> String? {
    let file = open(path(name), O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return String(decoding: Pipe.readAll(file), as: UTF8.self)
  }
}
