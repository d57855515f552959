/// The head of a message that the daemon sent ("Message Format", D-Bus Specification 0.43). libsystemd has
/// made it, so it is well-formed.
struct Call {
  let serial: UInt32
  let isCall: Bool
  let expectsReply: Bool
  let member: String
  let destination: String
  /// The first texts of the body.
  let texts: [String]
  /// The serial of the call that it answers; 0 if it answers none.
  let answered: UInt32
  /// The message's length in bytes.
  let size: Int

  /// Nil if it is not complete yet.
  init?(_ bytes: ArraySlice<UInt8>) {
    let bytes = Array(bytes)
    guard bytes.count >= 16 else { return nil }
    let fields = 16 + Int(Self.number(bytes, 12))
    let body = (fields + 7) / 8 * 8
    size = body + Int(Self.number(bytes, 4))
    guard bytes.count >= size else { return nil }
    serial = Self.number(bytes, 8)
    isCall = bytes[1] == 1
    expectsReply = bytes[2] & 1 == 0
    var (member, destination, answered, signature) = ("", "", UInt32(0), "")
    var place = 16
    while place < fields {
      place = (place + 7) / 8 * 8
      let code = bytes[place]
      let type = bytes[place + 2]
      place += 4
      switch type {
      case UInt8(ascii: "u"):
        if code == 5 { answered = Self.number(bytes, place) }
        place += 4
      case UInt8(ascii: "g"):
        let count = Int(bytes[place])
        if code == 8 { signature = Self.text(bytes, place + 1, count) }
        place += count + 2
      default:
        let count = Int(Self.number(bytes, place))
        let text = Self.text(bytes, place + 4, count)
        if code == 3 { member = text }
        if code == 6 { destination = text }
        place += count + 5
      }
    }
    var texts: [String] = []
    place = body
    for type in signature {
      guard type == "s" || type == "o" else { break }
      place = body + (place - body + 3) / 4 * 4
      let count = Int(Self.number(bytes, place))
      texts.append(Self.text(bytes, place + 4, count))
      place += count + 5
    }
    (self.member, self.destination, self.answered, self.texts) = (member, destination, answered, texts)
  }

  private static func number(_ bytes: [UInt8], _ place: Int) -> UInt32 {
    bytes[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  private static func text(_ bytes: [UInt8], _ place: Int, _ count: Int) -> String {
    String(decoding: bytes[place..<place + count], as: UTF8.self)
  }
}
