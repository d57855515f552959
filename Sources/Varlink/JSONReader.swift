/// Reads JSON text (RFC 8259) from its beginning, value by value.
///
/// Each call reads or skips one value. The text must be UTF-8, and not nested deeper than `Wire.depthLimit`:
/// `Wire.check` checks both.
struct JSONReader: ~Copyable {
  /// The text is no JSON, or a value has another kind than the caller asked for.
  struct Malformed: Error, Hashable, Sendable {
    /// In bytes from the start.
    let position: Int
  }

  private let bytes: [UInt8]
  private(set) var position: Int

  init(_ bytes: [UInt8]) { self.init(bytes, at: 0) }

  /// Begins with the value at a position.
  init(_ bytes: [UInt8], at position: Int) {
    self.bytes = bytes
    self.position = position
  }

  // MARK: Values

  /// Reads an object: `member` gets each name, and must read or skip its value.
  mutating func object(
    _ member: (_ name: String, inout JSONReader) throws(Malformed) -> Void
  ) throws(Malformed) {
    try expect(UInt8(ascii: "{"))
    guard !take(UInt8(ascii: "}")) else { return }
    repeat {
      let name = try string()
      try expect(UInt8(ascii: ":"))
      try member(name, &self)
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
  }

  /// Reads an array: `element` must read or skip each of its values.
  mutating func array(
    _ element: (inout JSONReader) throws(Malformed) -> Void
  ) throws(Malformed) {
    try expect(UInt8(ascii: "["))
    guard !take(UInt8(ascii: "]")) else { return }
    repeat { try element(&self) } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
  }

  mutating func string() throws(Malformed) -> String {
    try expect(UInt8(ascii: "\""))
    let start = position
    try skipPlainBytes()
    guard current == UInt8(ascii: "\"") else { return try escapedString(from: start) }
    defer { position += 1 }
    return text(from: start)
  }

  private func text(from start: Int) -> String {
    bytes.withUnsafeBufferPointer {
      String(decoding: UnsafeBufferPointer(rebasing: $0[start..<position]), as: UTF8.self)
    }
  }

  /// Reads a string without building it. Returns its place, without the quotes, and whether it has escapes.
  private mutating func skipString() throws(Malformed) -> (place: Range<Int>, isEscaped: Bool) {
    try expect(UInt8(ascii: "\""))
    let start = position
    try skipPlainBytes()
    let isEscaped = current != UInt8(ascii: "\"")
    if isEscaped { _ = try escapedString(from: start) } else { position += 1 }
    return (start..<position - 1, isEscaped)
  }

  /// Passes over the bytes of a string up to its end or its first escape.
  private mutating func skipPlainBytes() throws(Malformed) {
    let start = position
    position = bytes.withUnsafeBufferPointer { bytes in
      var position = start
      while position < bytes.count, bytes[position] >= 0x20, bytes[position] != UInt8(ascii: "\""),
        bytes[position] != UInt8(ascii: "\\")
      { position += 1 }
      return position
    }
    guard let byte = current, byte >= 0x20 else { throw malformed }
  }

  /// A number as it is written.
  mutating func numeral() throws(Malformed) -> String {
    let start = try numberStart()
    return text(from: start)
  }

  /// A value of any kind.
  mutating func value() throws(Malformed) -> JSONValue {
    skipBlanks()
    switch current {
    case UInt8(ascii: "{"):
      var members: [String: JSONValue] = [:]
      try object { (name, reader) throws(Malformed) in
        // Of two values with one name, the meant one is unknown (RFC 8259, 4).
        guard members.updateValue(try reader.value(), forKey: name) == nil else { throw reader.malformed }
      }
      return .object(members)
    case UInt8(ascii: "["):
      var elements: [JSONValue] = []
      try array { (reader) throws(Malformed) in elements.append(try reader.value()) }
      return .array(elements)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean(try boolean())
    case UInt8(ascii: "n"):
      guard null() else { throw malformed }
      return .null
    default:
      let text = try numeral()
      if let integer: Int64 = Numeral.integer(text) { return .integer(integer) }
      guard let number = Double(text), number.isFinite else { throw malformed }
      return .number(number)
    }
  }

  mutating func boolean() throws(Malformed) -> Bool {
    if takeWord("true") { return true }
    if takeWord("false") { return false }
    throw malformed
  }

  /// Reads `null` if it is the next value; returns true then.
  mutating func null() -> Bool { takeWord("null") }

  /// Reads a value of any kind and discards it.
  mutating func skip() throws(Malformed) {
    skipBlanks()
    switch current {
    case UInt8(ascii: "{"): try members { (_, _, reader) throws(Malformed) in try reader.skip() }
    case UInt8(ascii: "["): try array { (reader) throws(Malformed) in try reader.skip() }
    case UInt8(ascii: "\""): _ = try skipString()
    case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try boolean()
    case UInt8(ascii: "n"): guard null() else { throw malformed }
    default: _ = try numberStart()
    }
  }

  /// Reads a value of any kind and appends its place and the places of all values in it.
  mutating func locate(_ places: inout [JSONIndex.Place]) throws(Malformed) {
    skipBlanks()
    let own = places.count
    places.append(JSONIndex.Place(start: position))
    switch current {
    case UInt8(ascii: "{"):
      try members { (name, isEscaped, reader) throws(Malformed) in
        places.append(JSONIndex.Place(name: name, isEscaped: isEscaped))
        try reader.locate(&places)
      }
    case UInt8(ascii: "["): try array { (reader) throws(Malformed) in try reader.locate(&places) }
    default: try skip()
    }
    places[own].close(at: position, next: places.count)
  }

  /// Reads an object without building its names: `member` gets the place of each name.
  private mutating func members(
    _ member: (_ name: Range<Int>, _ isEscaped: Bool, inout JSONReader) throws(Malformed) -> Void
  ) throws(Malformed) {
    try expect(UInt8(ascii: "{"))
    guard !take(UInt8(ascii: "}")) else { return }
    repeat {
      let (name, isEscaped) = try skipString()
      try expect(UInt8(ascii: ":"))
      try member(name, isEscaped, &self)
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
  }

  /// Checks that only blanks follow.
  mutating func end() throws(Malformed) {
    skipBlanks()
    guard position == bytes.count else { throw malformed }
  }

  // MARK: Characters

  private var malformed: Malformed { Malformed(position: position) }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = current, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard current == byte else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(Malformed) {
    guard take(byte) else { throw malformed }
  }

  private mutating func takeWord(_ word: StaticString) -> Bool {
    skipBlanks()
    let end = position + word.utf8CodeUnitCount
    guard end <= bytes.count else { return false }
    let isThere = word.withUTF8Buffer { bytes[position..<end].elementsEqual($0) }
    if isThere { position = end }
    return isThere
  }

  /// Reads a number and returns its beginning (RFC 8259, 6).
  private mutating func numberStart() throws(Malformed) -> Int {
    skipBlanks()
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    if current == UInt8(ascii: "0") { position += 1 } else { try digits() }
    if current == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
    return start
  }

  private mutating func digits() throws(Malformed) {
    let start = position
    while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    guard position > start else { throw malformed }
  }
}

/// Strings with escapes (RFC 8259, 7).
extension JSONReader {
  private mutating func escapedString(from start: Int) throws(Malformed) -> String {
    var text = Array(bytes[start..<position])
    while let byte = current, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw malformed }
      position += 1
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      text += try escape()
    }
    guard current != nil else { throw malformed }
    position += 1
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of the character after a backslash.
  private mutating func escape() throws(Malformed) -> [UInt8] {
    guard let byte = current else { throw malformed }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0c]
    case UInt8(ascii: "n"): return [0x0a]
    case UInt8(ascii: "r"): return [0x0d]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return Array(String(Character(try scalar())).utf8)
    default: throw malformed
    }
  }

  /// A character by its number; one beyond the first plane is written as two numbers.
  private mutating func scalar() throws(Malformed) -> Unicode.Scalar {
    let first = try unit()
    guard first & 0xfc00 == 0xd800 else {
      guard let scalar = Unicode.Scalar(first) else { throw malformed }
      return scalar
    }
    guard current == UInt8(ascii: "\\") else { throw malformed }
    position += 1
    guard current == UInt8(ascii: "u") else { throw malformed }
    position += 1
    let second = try unit()
    guard second & 0xfc00 == 0xdc00,
      let scalar = Unicode.Scalar(0x10000 + (first & 0x3ff) << 10 + second & 0x3ff)
    else { throw malformed }
    return scalar
  }

  private mutating func unit() throws(Malformed) -> UInt32 {
    guard position + 4 <= bytes.count else { throw malformed }
    var unit: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw malformed }
      unit = unit << 4 | UInt32(digit)
    }
    position += 4
    return unit
  }
}
