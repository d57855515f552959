internal import Glibc

/// The lock beside a socket: held by the one process that serves it, let go when that ends, however it ends.
struct Lock: ~Copyable {
  enum Failure: Error {
    /// Another holds it: the process that wrote its id into the file, where one did.
    case locked(by: Int32?)
    /// The file cannot be opened or locked: the error number.
    case failed(errno: Int32)
  }

  private let descriptor: Descriptor

  /// The lock file that belongs to the socket at `path`.
  static func path(besides path: String) -> String { path + ".lock" }

  /// Takes the lock, or fails at once.
  init(besides path: String) throws(Failure) {
    let raw = open(Self.path(besides: path), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard raw >= 0 else { throw .failed(errno: errno) }
    let owned = Descriptor(owning: raw)
    while flock(raw, LOCK_EX | LOCK_NB) != 0 {
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK: throw .locked(by: Self.holder(raw))
      default: throw .failed(errno: errno)
      }
    }
    let text = Array("\(getpid())\n".utf8)
    guard ftruncate(raw, 0) == 0, pwrite(raw, text, text.count, 0) == text.count else {
      throw .failed(errno: errno)
    }
    descriptor = owned
  }

  private static func holder(_ raw: Int32) -> Int32? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = pread(raw, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: bytes.prefix(count).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
  }
}
