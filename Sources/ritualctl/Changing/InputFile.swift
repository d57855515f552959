import ArgumentParser
import Descriptors
import Files
import Glibc

/// A file that a user names.
enum InputFile {
  /// The most bytes that are read, more than a configuration or a calendar may have.
  private static let largest = 2 << 20

  /// The bytes of a file.
  static func read(_ path: String) throws -> [UInt8] {
    do throws(FileError) {
      return try bytes(path)
    } catch {
      throw Failure("\(TerminalText.line(path)): \(error)", status: EX_DATAERR)
    }
  }

  /// The bytes of a file. Also a pipe is read, such as `/dev/stdin`, and waited for.
  static func bytes(_ path: String) throws(FileError) -> [UInt8] {
    try Descriptor(opening: path, O_RDONLY).bytes(upTo: largest, path)
  }
}
