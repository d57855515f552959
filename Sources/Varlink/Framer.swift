/// Cuts a stream of bytes into messages: Varlink ends each with one NUL byte, which JSON text cannot contain.
///
/// Bytes go in by `append`, in pieces of any size; messages come out by `next`, in their order. What is
/// appended is scanned once, however small its pieces are.
package struct Framer: Sendable {
  /// The longest accepted message in bytes, without its NUL.
  package let limit: Int

  private var buffer: [UInt8] = []
  /// The beginning of the next message.
  private var start = 0
  /// The end of the bytes that were searched for a NUL.
  private var scanned = 0

  /// A framer that accepts messages of up to `limit` bytes.
  package init(limit: Int) {
    self.limit = limit
  }

  /// The number of bytes that are held and not handed out yet.
  package var count: Int { buffer.count - start }

  /// The memory taken for them, in bytes.
  package var capacity: Int { buffer.capacity }

  /// Adds received bytes.
  package mutating func append(_ bytes: some Sequence<UInt8>) {
    buffer.append(contentsOf: bytes)
  }

  /// The next whole message without its NUL, or nil while it is incomplete.
  ///
  /// - Throws: `WireError.tooLong` if more than `limit` bytes came without a NUL. The stream cannot be read
  ///   any further and the connection has to be closed.
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
    // The next message may be a long time coming.
    if message.count > Self.long { compact() }
    return message
  }

  /// The memory that an empty buffer keeps for the next message, in bytes.
  static let spare = 1 << 12
  /// The memory of a message longer than this is freed at once.
  private static let long = 1 << 16

  /// Removes the messages that were handed out, and frees the memory of a long one.
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
