import Escaping
import Varlink

/// A JSON value on one line for scripts, with its line end, and with an escape for each dangerous scalar.
enum JSONLine {
  /// The members of an object stand in the order in which its type has them.
  static func text(of value: some Encodable) throws -> String { text(try JSONCoding.encode(value)[...]) }

  /// The same for a text that is JSON in UTF-8.
  static func text(_ json: ArraySlice<UInt8>) -> String {
    // Nearly all texts are harmless: to look is much faster than to write them anew.
    guard !json.allSatisfy({ 0x20..<0x7f ~= $0 }) else { return String(decoding: json, as: UTF8.self) + "\n" }
    // A string has no scalar below the space (RFC 8259, 7): such a byte is a blank between two tokens.
    return Escaped.json(String(decoding: json.map { max($0, UInt8(ascii: " ")) }, as: UTF8.self)) + "\n"
  }
}
