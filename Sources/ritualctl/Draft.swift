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

  enum Content: Equatable {
    case text(String)
    /// Bytes that are none, or that cannot be read.
    case noText
    /// Nothing but blanks.
    case empty
    /// There is no file any more.
    case gone
  }

  /// What it holds now.
  var content: Content {
    guard let bytes = InputFile.bytes(path) else { return errno == ENOENT ? .gone : .noText }
    guard let text = String(validating: bytes, as: UTF8.self) else { return .noText }
    return text.allSatisfy(\.isWhitespace) ? .empty : .text(text)
  }

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
