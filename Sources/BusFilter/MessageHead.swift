/// The head of a D-Bus message and where its body begins (D-Bus Specification 0.43, "Message Format").
///
/// The bytes come from a process that an attacker may have taken over. So everything that the specification
/// leaves open is refused: a field that is there twice, a field that a client has no use for, a header that a
/// bus could read in another way.
nonisolated struct MessageHead: Equatable {
  enum Kind: UInt8 {
    case call = 1
    case answer = 2
    case error = 3
    case signal = 4
  }

  /// The bytes before the fields.
  static let fixedSize = 16
  /// The most bytes of a whole message. The longest reminder has far fewer.
  static let limit = 4 << 20

  let kind: Kind
  let isBigEndian: Bool
  /// Bit 0: no answer is expected. Bit 1: no service is started.
  let flags: UInt8
  var startsNobody: Bool { flags & 2 != 0 }
  /// The number that the answer names; never 0.
  let serial: UInt32
  let path: String?
  let interface: String?
  let member: String?
  let destination: String?
  /// The types of the body, empty where there is no body.
  let signature: String
  /// The place at which the body begins, in bytes.
  let bodyStart: Int

  /// The size of a message, by its first `fixedSize` bytes; nil where they begin no accepted message.
  static func size(_ bytes: ArraySlice<UInt8>) -> Int? {
    var reader = ByteReader(bytes)
    guard let order = reader.byte(), order == UInt8(ascii: "l") || order == UInt8(ascii: "B") else {
      return nil
    }
    reader.isBigEndian = order == UInt8(ascii: "B")
    guard reader.skip(2), reader.byte() == 1, let body = reader.number(), reader.skip(4),
      let fields = reader.number(), fields <= limit, body <= limit
    else { return nil }
    let size = (fixedSize + Int(fields) + 7) / 8 * 8 + Int(body)
    return size <= limit ? size : nil
  }

  /// Nil for a message that is not accepted.
  /// - Parameter bytes: one whole message.
  init?(_ bytes: ArraySlice<UInt8>) {
    var reader = ByteReader(bytes)
    guard let order = reader.byte(), let kind = reader.byte().flatMap({ Kind(rawValue: $0) }),
      let flags = reader.byte(), reader.skip(1)
    else { return nil }
    isBigEndian = order == UInt8(ascii: "B")
    reader.isBigEndian = isBigEndian
    guard reader.skip(4), let serial = reader.number(), serial != 0, let length = reader.number() else {
      return nil
    }
    self.kind = kind
    self.flags = flags
    self.serial = serial
    let end = reader.position + Int(length)
    guard end <= bytes.count else { return nil }
    var texts: [UInt8: String] = [:]
    while reader.position < end {
      guard reader.align(8), let code = reader.byte(), let type = reader.signature(), texts[code] == nil
      else {
        return nil
      }
      switch (code, type) {
      case (1, "o"), (2, "s"), (3, "s"), (4, "s"), (6, "s"):
        guard let text = reader.text() else { return nil }
        texts[code] = text
      case (5, "u"):
        guard reader.number() != nil else { return nil }
        texts[code] = ""
      case (8, "g"):
        guard let text = reader.signature() else { return nil }
        texts[code] = text
      // The bus says who the sender is, and the daemon sends no descriptors.
      default: return nil
      }
    }
    guard reader.position == end, reader.align(8) else { return nil }
    path = texts[1]
    interface = texts[2]
    member = texts[3]
    destination = texts[6]
    signature = texts[8] ?? ""
    bodyStart = reader.position
  }

  /// The texts that a body begins with, as many as are asked for; nil where it begins otherwise.
  func texts(_ count: Int, of message: ArraySlice<UInt8>) -> [String]? {
    guard signature.hasPrefix(String(repeating: "s", count: count)) else { return nil }
    var reader = ByteReader(message)
    reader.isBigEndian = isBigEndian
    guard reader.skip(bodyStart) else { return nil }
    var texts: [String] = []
    for _ in 0..<count {
      guard let text = reader.text() else { return nil }
      texts.append(text)
    }
    return texts
  }
}
