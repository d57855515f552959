import Glibc

/// A file, pipe or socket that this process has open. It has one owner, and is closed when that goes away.
package struct Descriptor: ~Copyable {
  /// The number, for system calls. The caller does not keep it.
  package let raw: Int32

  /// Takes over `raw`, which nobody else closes.
  package init(owning raw: Int32) { self.raw = raw }

  deinit { close(raw) }
}

/// Reading and writing. These take a number, because some descriptors have no owner, such as standard input.
extension Descriptor {
  /// Reads to the end, or to one byte over a bound: enough to know that there is more.
  /// - Parameters:
  ///   - limit: the bound, in bytes.
  ///   - size: how many bytes are probably there.
  package static func bytes(
    from descriptor: Int32, upTo limit: Int, expecting size: Int = 65536
  ) throws(ErrorNumber) -> [UInt8] {
    var bytes: [UInt8] = []
    // A file of /proc says that it has no bytes, and has some.
    var buffer = [UInt8](repeating: 0, count: min(max(size, 4096), limit, 1 << 20) + 1)
    while bytes.count <= limit {
      let room = min(buffer.count, limit + 1 - bytes.count)
      let count = uninterrupted { read(descriptor, &buffer, room) }
      guard count >= 0 else { throw .last }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }

  /// Writes all of the bytes at the descriptor's position. Waits for a slow reader also where the descriptor
  /// does not block: another program may have changed a terminal or a pipe that it shares with this one.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(ErrorNumber) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = uninterrupted { rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) } }
      if count < 0, errno == EAGAIN {
        var sink = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = uninterrupted { poll(&sink, 1, -1) }
        continue
      }
      guard count > 0 else { throw .last }
      rest = rest.dropFirst(count)
    }
  }

  /// Has calls on the descriptor fail with EAGAIN where they would wait.
  package static func stopBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }
}
