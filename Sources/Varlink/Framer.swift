/// Cuts a stream of bytes into messages: Varlink ends each with one NUL byte, which JSON text cannot contain.
///
/// Bytes go in by `append`, in pieces of any size; messages come out by `next`, in their order. What is
/// appended is scanned once, however small its pieces are.
package struct Framer: Sendable {
  /// The longest message that is accepted, in bytes, its NUL not counted.
  package let limit: Int

  private var buffer: [UInt8] = []
  /// Where the next message begins.
  private var start = 0
  /// No NUL lies between `start` and here.
  private var scanned = 0

  /// A framer that accepts messages of up to `limit` bytes.
  package init(limit: Int) {
    self.limit = limit
  }

  /// How many bytes are held and not yet handed out.
  package var count: Int { buffer.count - start }

  /// How many bytes of memory are taken for them.
  package var capacity: Int { buffer.capacity }

  /// Adds what was received.
  package mutating func append(_ bytes: some Sequence<UInt8>) {
    buffer.append(contentsOf: bytes)
  }

  /// The next whole message without its NUL, or nil while there is only a part of one.
  ///
  /// - Throws: `WireError.tooLong` when more than `limit` bytes came without a NUL. There is no way on from
  ///   there: the connection has to be closed.
  package mutating func next() throws(WireError) -> [UInt8]? {
    guard let end = buffer[scanned...].firstIndex(of: 0) else {
      scanned = buffer.count
      guard count <= limit else { throw .tooLong(limit: limit) }
      compact()
      return nil
    }
    guard end - start <= limit else { throw .tooLong(limit: limit) }
    let message = Array(buffer[start..<end])
    start = end + 1
    scanned = start
    // The next one may be a long time coming.
    if message.count > Self.long { compact() }
    return message
  }

  /// How many bytes of memory an empty buffer keeps for what comes next.
  static let spare = 1 << 12
  /// The memory of a message of more bytes is given back at once.
  private static let long = 1 << 16

  /// Forgets what was handed out, and gives the memory of a long message back.
  private mutating func compact() {
    guard start > 0 else { return }
    if start == buffer.count {
      buffer.removeAll(keepingCapacity: buffer.capacity <= Self.spare)
    } else {
      buffer = Array(buffer[start...])
    }
    scanned -= start
    start = 0
  }
}
