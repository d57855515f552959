import Glibc

/// Says which process has the journal: a lock on a file beside it, which the kernel takes back with the process.
///
/// It is not SQLite's own exclusive mode, because that would shut out readers too, such as the `sqlite3` command.
final class JournalLock {
  private let descriptor: Int32

  /// Takes the lock of the journal at `path`; does not wait for it.
  init(of path: String) throws(JournalError) {
    let file = path + ".lock"
    let descriptor = open(file, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system(errno, path: file) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let reason = errno
      defer { close(descriptor) }
      guard reason == EWOULDBLOCK else { throw .unusable(path: file, reason: systemMessage(reason)) }
      throw .inUse(path: path, process: Self.process(in: descriptor))
    }
    self.descriptor = descriptor
    Self.write(getpid(), to: descriptor)
  }

  deinit {
    // Closing alone would leave it to a child that is between fork and exec and has a copy of the descriptor.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// The process that wrote its number there.
  private static func process(in descriptor: Int32) -> Int32? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
  }

  /// For the error of a second process only, so it is no matter if it fails.
  private static func write(_ process: Int32, to descriptor: Int32) {
    ftruncate(descriptor, 0)
    let text = Array("\(process)\n".utf8)
    _ = pwrite(descriptor, text, text.count, 0)
  }
}
