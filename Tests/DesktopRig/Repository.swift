import Glibc

/// The project's own files, beside the tests' sources.
nonisolated package enum Repository {
  /// Where it lies.
  package static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  /// The text of a file, by its path in it.
  package static func read(_ path: String) throws(RigError) -> String {
    let file = open("\(root)/\(path)", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .failed("read \(path)", code: errno) }
    defer { close(file) }
    return String(decoding: Pipe.readAll(file), as: UTF8.self)
  }
}
