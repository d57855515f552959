/// The bound on every text that comes in: from a client, from the reply field of a notification, from other
/// programs on the bus about themselves and their errors, and from a journal that an earlier version wrote.
/// Files have a stricter limit for each key, in characters.
package enum TextBound {
  /// The most bytes of UTF-8 of one text. A note of 4000 characters of any script fits.
  package static let bytes = 1 << 14

  /// Stands at the end of a text whose rest was cut off.
  package static let mark = "…"

  /// The number of bytes, up to `limit`, that are whole characters of UTF-8.
  package static func wholeCharacters(_ bytes: some BidirectionalCollection<UInt8>, upTo limit: Int = bytes)
    -> Int
  {
    guard let end = bytes.index(bytes.startIndex, offsetBy: limit, limitedBy: bytes.endIndex),
      end != bytes.endIndex
    else { return bytes.count }
    // A character of UTF-8 goes on in bytes of the form 10xxxxxx; more than three of these are none.
    var start = end
    var steps = 0
    while start != bytes.startIndex, bytes[start] & 0xc0 == 0x80, steps < 4 {
      start = bytes.index(before: start)
      steps += 1
    }
    return steps < 4 ? bytes.distance(from: bytes.startIndex, to: start) : limit
  }

  /// The text as it is, or its beginning and the mark, which are within the bound together.
  package static func cut(_ text: String) -> String {
    text.utf8.count > bytes ? cut(text.utf8) : text
  }

  /// The same for bytes that are to be a text; what is not UTF-8 is U+FFFD.
  package static func cut(_ found: some BidirectionalCollection<UInt8>) -> String {
    guard found.count > bytes else { return String(decoding: found, as: UTF8.self) }
    let whole = wholeCharacters(found, upTo: bytes - mark.utf8.count)
    return String(decoding: found.prefix(whole), as: UTF8.self) + mark
  }
}
