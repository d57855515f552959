import Glibc

/// The project's files, beside the sources of the tests.
nonisolated package enum Repository {
  /// The path of the repository.
  package static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  /// The text of a file, by its path in the repository.
  package static func read(_ path: String) throws(RigError) -> String {
    let file = open("\(root)/\(path)", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .failed("read \(path)", code: errno) }
    defer { close(file) }
    return String(decoding: Pipe.readAll(file), as: UTF8.self)
  }
}
