import Glibc

/// Texts from the bus: what others typed, and what their programs say of themselves. A message may have 128
/// MiB of it (D-Bus Specification, "Message Protocol"), which the daemon would keep, write down and hand on.
enum BusText {
  /// Bytes of one text; the rest is cut off, and an ellipsis says so.
  static let longest = 1 << 14
  /// Texts of one list.
  static let most = 1000

  /// Copies a text, up to the bound and in whole characters.
  static func read(_ text: UnsafePointer<CChar>) -> String {
    let length = strnlen(text, longest + 1)
    guard length > longest else { return String(cString: text) }
    let bytes = UnsafeRawBufferPointer(start: text, count: longest)
    // A character of UTF-8 goes on in bytes of the form 10xxxxxx.
    let end = bytes.lastIndex { $0 & 0xc0 != 0x80 } ?? 0
    return String(decoding: bytes[..<end], as: UTF8.self) + "…"
  }
}
