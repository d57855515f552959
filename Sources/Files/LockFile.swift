import Descriptors
import Glibc

/// A lock that one process has, on a file of its own (flock(2)). The kernel takes it back when the process
/// ends, however it ends; the file stays.
package struct LockFile: ~Copyable {
  package enum Failure: Error {
    /// Another process has the lock; nil where that process has not written its number.
    case taken(by: Int32?)
    /// The file cannot be opened or locked.
    case failed(FileError)
  }

  private let file: Descriptor

  /// Takes the lock, or fails at once. The file is made where it is missing, and gets the number of this
  /// process.
  package init(_ path: String) throws(Failure) {
    let file: Descriptor
    do throws(FileError) {
      file = try Descriptor.regularFile(path, creating: true)
    } catch {
      throw .failed(error)
    }
    let raw = file.raw
    guard uninterrupted({ flock(raw, LOCK_EX | LOCK_NB) }) == 0 else {
      guard errno == EWOULDBLOCK else { throw .failed(FileError(path)) }
      throw .taken(by: Self.process(in: file, path))
    }
    // The number is for the error of another process alone: no harm is done where it cannot be written.
    try? file.overwrite(with: Array("\(getpid())\n".utf8), path)
    self.file = file
  }

  deinit {
    // To close it would leave the lock to a child that is between fork and exec, and has a copy of it.
    flock(file.raw, LOCK_UN)
  }

  private static func process(in file: borrowing Descriptor, _ path: String) -> Int32? {
    guard let bytes = try? file.bytes(upTo: 15, path) else { return nil }
    return Int32(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
  }
}
