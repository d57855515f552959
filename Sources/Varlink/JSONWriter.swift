/// Writes JSON text (RFC 8259) from its beginning to its end, value by value.
final class JSONWriter {
  private(set) var bytes: [UInt8] = []
  /// The objects and arrays that have begun and not ended, outermost first.
  private var open: [Container] = []

  enum Kind {
    case object, array
  }

  private struct Container {
    let kind: Kind
    var isEmpty = true
  }

  /// The number of open objects and arrays.
  var depth: Int { open.count }

  /// Begins an object or array, or continues the one that is open at this depth. Returns the depth of its
  /// contents.
  func begin(_ kind: Kind, at depth: Int) -> Int {
    if open.count > depth, open[depth].kind == kind {
      end(to: depth + 1)
    } else {
      open.append(Container(kind: kind))
      bytes.append(kind == .object ? UInt8(ascii: "{") : UInt8(ascii: "["))
    }
    return depth + 1
  }

  /// Ends the containers deeper than that.
  func end(to depth: Int) {
    while open.count > depth, let last = open.popLast() {
      bytes.append(last.kind == .object ? UInt8(ascii: "}") : UInt8(ascii: "]"))
    }
  }

  /// Begins a member of the object, or an element of the array, whose contents have this depth.
  func next(_ name: String? = nil, at depth: Int) {
    // Values are written in their order: no encoder returns to a container that has ended.
    precondition(open.count >= depth, "a container of a message is written to after its end")
    end(to: depth)
    if !open[depth - 1].isEmpty { bytes.append(UInt8(ascii: ",")) }
    open[depth - 1].isEmpty = false
    guard let name else { return }
    write(name)
    bytes.append(UInt8(ascii: ":"))
  }

  func write(word: StaticString) { word.withUTF8Buffer { bytes += $0 } }

  func write(_ integer: some BinaryInteger) { bytes += String(integer).utf8 }

  /// Writes a finite number in the fewest digits that reproduce it.
  func write(_ number: Double) {
    let text = number.description
    bytes += text.hasSuffix(".0") ? text.utf8.dropLast(2) : text.utf8[...]
  }

  func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x08: escape(UInt8(ascii: "b"))
      case 0x09: escape(UInt8(ascii: "t"))
      case 0x0a: escape(UInt8(ascii: "n"))
      case 0x0c: escape(UInt8(ascii: "f"))
      case 0x0d: escape(UInt8(ascii: "r"))
      case 0..<0x20:
        escape(UInt8(ascii: "u"))
        let digits = String(byte, radix: 16)
        bytes += String(repeating: "0", count: 4 - digits.utf8.count).utf8
        bytes += digits.utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private func escape(_ letter: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    bytes.append(letter)
  }
}
