import Glibc

/// A folder of its own for one test, removed with all that is in it.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/ritual-journal-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      fatalError("no temporary folder: \(String(cString: strerror(errno)))")
    }
    path = String(decoding: template.dropLast().map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// Where a test keeps its journal, in a folder that does not exist yet.
  var journal: String { path + "/state/journal.sqlite" }

  /// The names in a folder.
  static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let item = readdir(directory) {
      let name = withUnsafePointer(to: item.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private static func remove(_ path: String) {
    for name in names(in: path) {
      if unlink(path + "/" + name) != 0 { remove(path + "/" + name) }
    }
    rmdir(path)
  }
}

/// Files as bytes, for looking at what SQLite left and for damaging it.
enum File {
  static func bytes(_ path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var all: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &part, part.count)
      if count <= 0 { return all }
      all += part[..<count]
    }
  }

  static func write(_ bytes: some Sequence<UInt8>, to path: String, mode: mode_t = 0o600) {
    let bytes = Array(bytes)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode)
    guard descriptor >= 0 else { fatalError("\(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      fatalError("\(path): not written")
    }
    fchmod(descriptor, mode)
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The permission bits; nil where there is no file.
  static func mode(_ path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
  }
}
