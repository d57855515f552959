import ArgumentParser
import Descriptors
import Files
import Glibc

/// A file that a user names.
enum InputFile {
  /// More than any configuration has; what is larger is refused by who reads it.
  private static let largest = 2 << 20

  /// Its bytes. Where it cannot be read, prints that, and throws the exit status.
  static func read(_ path: String) throws -> [UInt8] {
    do throws(FileError) {
      return try bytes(path)
    } catch {
      throw Failure.exit("\(Plain.text(path)): \(error)", status: EX_DATAERR)
    }
  }

  /// Its bytes. Also a pipe is read, such as `/dev/stdin`, and waited for.
  static func bytes(_ path: String) throws(FileError) -> [UInt8] {
    try Descriptor(opening: path, O_RDONLY).bytes(upTo: largest, path)
  }
}
