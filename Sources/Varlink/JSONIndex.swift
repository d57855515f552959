/// A JSON text (RFC 8259) with the place of every value in it. The text is read over once; each value is read
/// where it stands when it is wanted.
///
/// A value is named by a number, 0 for the outermost. The values in it have the numbers after its own.
final class JSONIndex: Sendable {
  let bytes: [UInt8]
  private let places: [Place]

  struct Place: Sendable {
    private let first: UInt32
    private var last: UInt32
    private var behind: UInt32
    /// True for a name with escapes in it.
    let isEscaped: Bool

    /// The place in bytes from the beginning of the text.
    var start: Int { Int(first) }
    var end: Int { Int(last) }
    /// The number of the value behind this one and behind all that is in it.
    var next: Int { Int(behind) }

    /// A value that begins here.
    init(start: Int) {
      first = UInt32(start)
      (last, behind, isEscaped) = (first, 0, false)
    }

    /// The name of a member, without its quotes.
    init(name: Range<Int>, isEscaped: Bool) {
      (first, last, behind) = (UInt32(name.lowerBound), UInt32(name.upperBound), 0)
      self.isEscaped = isEscaped
    }

    mutating func close(at end: Int, next: Int) {
      last = UInt32(end)
      behind = UInt32(next)
    }
  }

  /// Reads over a text in UTF-8.
  ///
  /// - Throws: for a text that is no JSON, or that is too long to be a message.
  init(_ bytes: [UInt8]) throws(JSONReader.Malformed) {
    guard bytes.count < Int(UInt32.max) else { throw JSONReader.Malformed(position: Int(UInt32.max)) }
    var reader = JSONReader(bytes)
    var places: [Place] = []
    // A value has some ten bytes, and its name as many.
    places.reserveCapacity(bytes.count / 10 + 1)
    try reader.locate(&places)
    try reader.end()
    self.bytes = bytes
    self.places = places
  }

  /// The place of a value in the text.
  func range(of value: Int) -> Range<Int> { places[value].start..<places[value].end }

  /// The number of the value behind another one in the same array.
  func next(after value: Int) -> Int { places[value].next }

  func isObject(_ value: Int) -> Bool { bytes[places[value].start] == UInt8(ascii: "{") }
  func isArray(_ value: Int) -> Bool { bytes[places[value].start] == UInt8(ascii: "[") }
  func isNull(_ value: Int) -> Bool { bytes[places[value].start] == UInt8(ascii: "n") }

  /// The members of an object, each as the numbers of its name and of its value.
  func members(of object: Int) -> Members { Members(index: self, name: object + 1, end: places[object].next) }

  struct Members: Sequence, IteratorProtocol {
    let index: JSONIndex
    fileprivate(set) var name: Int
    let end: Int

    mutating func next() -> (name: Int, value: Int)? {
      guard name < end else { return nil }
      defer { name = index.places[name + 1].next }
      return (name, name + 1)
    }
  }

  /// The value of the first member of this name; nil where there is none.
  func value(of name: String, in object: Int) -> Int? {
    var name = name
    return name.withUTF8 { wanted in
      var member = object + 1
      while member < places[object].next {
        if isName(member, wanted) { return member + 1 }
        member = places[member + 1].next
      }
      return nil
    }
  }

  private func isName(_ name: Int, _ wanted: UnsafeBufferPointer<UInt8>) -> Bool {
    let place = places[name]
    guard !place.isEscaped else { return self.name(name).utf8.elementsEqual(wanted) }
    guard place.end - place.start == wanted.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      (0..<wanted.count).allSatisfy { bytes[place.start + $0] == wanted[$0] }
    }
  }

  /// The name of a member.
  func name(_ name: Int) -> String {
    let place = places[name]
    guard place.isEscaped else { return String(decoding: bytes[place.start..<place.end], as: UTF8.self) }
    var reader = JSONReader(bytes, at: place.start - 1)
    // It was read before.
    return (try? reader.string()) ?? ""
  }
}
