import Glibc
import Texts

/// Texts from the bus, written by other programs and by people. A message may have 128 MiB of text (D-Bus
/// Specification, "Message Protocol"), so the daemon bounds what it keeps.
enum BusText {
  /// The limits of a list: its texts, and the bytes of all of them.
  static let maximumCount = 1000
  static let maximumBytes = 4 * TextBound.bytes

  /// Copies a text, cut to the bound of all texts at a whole character.
  static func read(_ text: UnsafePointer<CChar>) -> String {
    // One byte more than the bound shows that the text is longer.
    let length = strnlen(text, TextBound.bytes + 1)
    return TextBound.cut(UnsafeRawBufferPointer(start: text, count: length))
  }
}
