/// Finds the end of what a bus is sending: of a line of the authentication, or of a message (D-Bus
/// Specification 0.43, "Message Format"). Descriptors come with the first byte of their message; after a read
/// past its end it is not known any more whose they are.
///
/// A bus is trusted: nothing is refused here, and a message may have any size.
nonisolated struct BusUnit {
  /// The first bytes of a message, up to where its sizes are.
  private var head: [UInt8] = []
  /// The number of bytes that follow the head; nil as long as the head is not whole.
  private var rest: Int?

  /// The number of further bytes that are part of this unit for certain; 0 at its end.
  var most: Int {
    if let rest { return rest }
    return isMessage ? MessageHead.fixedSize - head.count : 1
  }

  /// True if it is a message: no line of a bus begins like one ("Authentication Protocol").
  private var isMessage: Bool { head.first == UInt8(ascii: "l") || head.first == UInt8(ascii: "B") }

  /// Takes the next bytes of the unit, no more than `most`.
  mutating func take(_ bytes: ArraySlice<UInt8>) {
    if let rest {
      self.rest = rest - bytes.count
      return
    }
    if head.isEmpty || isMessage { head += bytes }
    if isMessage {
      if head.count == MessageHead.fixedSize { rest = following }
    } else if bytes.last == UInt8(ascii: "\n") {
      rest = 0
    }
  }

  /// The number of bytes that follow the head of a message.
  private var following: Int? {
    var reader = ByteReader(head[...])
    reader.isBigEndian = head.first == UInt8(ascii: "B")
    guard reader.skip(4), let body = reader.number(), reader.skip(4), let fields = reader.number() else {
      return nil
    }
    return (Int(fields) + 7) / 8 * 8 + Int(body)
  }
}
