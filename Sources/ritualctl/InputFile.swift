import ArgumentParser
import Files
import Glibc

/// A file that a user names.
enum InputFile {
  /// More than any configuration has; what is larger is refused by who reads it.
  private static let largest = 2 << 20

  /// Its bytes. Where it cannot be read it says so, and throws the exit status.
  static func read(_ path: String) throws -> [UInt8] {
    guard let bytes = bytes(path) else { throw unreadable(path) }
    return bytes
  }

  /// Its bytes; nil where it cannot be read, and errno says why.
  static func bytes(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return try? FileContents.bytes(from: descriptor, upTo: largest, path)
  }

  private static func unreadable(_ path: String) -> ExitCode {
    Failure.exit("\(Plain.text(path)): \(String(cString: strerror(errno)))", status: EX_DATAERR)
  }
}
