/// A key that the user pressed.
enum Key: Equatable {
  case enter, space, left, right, up, down, escape, backspace
  case letter(Character)
  /// The input has ended, or the user ended it.
  case end

  /// The keys in bytes from a terminal (ECMA-48; xterm's control sequences). An arrow is several bytes, and
  /// an ESC alone is the key itself.
  static func keys(in bytes: [UInt8]) -> [Key] {
    guard !bytes.isEmpty else { return [.end] }
    var keys: [Key] = []
    var text: [UInt8] = []
    var index = 0
    func take(_ key: Key) {
      if !text.isEmpty { keys += String(decoding: text, as: UTF8.self).map { .letter($0) } }
      text = []
      keys.append(key)
    }
    while index < bytes.count {
      switch bytes[index] {
      case 13, 10: take(.enter)
      case 32: take(.space)
      case 8, 127: take(.backspace)
      case 4: take(.end)
      case 27:
        let sequence = bytes[(index + 1)...].prefix { _ in true }
        guard let first = sequence.first, first == UInt8(ascii: "[") || first == UInt8(ascii: "O") else {
          take(.escape)
          break
        }
        // A sequence reaches up to the letter that ends it.
        let end = bytes[(index + 2)...].firstIndex { (0x40...0x7e).contains($0) } ?? bytes.count - 1
        if let key = arrow(bytes[end]) { take(key) }
        index = end
      case 0..<32: break
      default: text.append(bytes[index])
      }
      index += 1
    }
    if !text.isEmpty { keys += String(decoding: text, as: UTF8.self).map { .letter($0) } }
    return keys
  }

  private static func arrow(_ letter: UInt8) -> Key? {
    switch Character(Unicode.Scalar(letter)) {
    case "A": .up
    case "B": .down
    case "C": .right
    case "D": .left
    default: nil
    }
  }
}
