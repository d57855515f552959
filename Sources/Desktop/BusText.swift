import Glibc
import Texts

/// Texts from the bus: what others typed, and what their programs say of themselves. A message may have 128
/// MiB of it (D-Bus Specification, "Message Protocol"), which the daemon would keep, write down and hand on.
enum BusText {
  /// Texts of one list, and bytes of all of them.
  static let most = 1000
  static let mostBytes = 4 * TextBound.bytes

  /// Copies a text, up to the bound of all texts and in whole characters.
  static func read(_ text: UnsafePointer<CChar>) -> String {
    // As much as tells that there is more.
    let length = strnlen(text, TextBound.bytes + 1)
    return TextBound.cut(UnsafeRawBufferPointer(start: text, count: length))
  }
}
