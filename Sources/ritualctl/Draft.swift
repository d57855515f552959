import ArgumentParser
import Glibc

/// A copy of a file for an editor: its user's alone, and where it survives a crash.
struct Draft {
  let path: String

  /// Writes a text to a new file of a folder, which is made where it is missing. Where that cannot be done it says so, and
  /// throws the exit status.
  init(of text: String, named name: String, in folder: String) throws {
    Self.makeFolder(folder)
    path = "\(folder)/\(name)-\(String(UInt32.random(in: .min ... .max), radix: 36)).toml"
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Self.failure(path) }
    defer { close(file) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure(path) }
      rest = rest.dropFirst(count)
    }
  }

  /// What it holds now; nil where that is no text.
  func text() throws -> String? { String(validating: try InputFile.read(path), as: UTF8.self) }

  func remove() { unlink(path) }

  private static func makeFolder(_ folder: String) {
    guard mkdir(folder, 0o700) != 0, errno == ENOENT, let slash = folder.lastIndex(of: "/"),
      slash > folder.startIndex
    else { return }
    makeFolder(String(folder[..<slash]))
    mkdir(folder, 0o700)
  }

  private static func failure(_ path: String) -> ExitCode {
    Failure.exit("\(Plain.text(path)): \(String(cString: strerror(errno)))", status: Failure.refused)
  }
}
