import Escaping

/// Changes single values of a text and keeps every other byte: comments, blanks, the order of lines.
struct EditableToml {
  private(set) var bytes: [UInt8]
  private var root: TomlNode
  private var source: SourceText

  init(bytes: [UInt8], root: TomlNode) {
    self.bytes = bytes
    self.root = root
    source = SourceText(path: "", bytes: bytes)
  }

  /// True if the path exists.
  func has(_ path: [String]) -> Bool { root.entry(at: path) != nil }

  /// Writes a TOML value at the end of a path; its table must exist.
  mutating func set(_ path: [String], to toml: String) throws(NotEditable) {
    guard let value = (try? ParsedToml.parse(Array("x = \(toml)".utf8)))?.entry("x")?.node else {
      throw NotEditable(reason: "invalid value \(quoted(toml))")
    }
    let changed: [UInt8]
    if let entry = root.entry(at: path) {
      guard !entry.node.isSame(as: value) else { return }
      changed = try replacement(of: entry, by: toml)
    } else {
      changed = try insertion(of: toml, at: path)
    }
    try take(changed, as: root.replacing(path, with: value))
  }

  /// Removes a key and its value; does nothing if the key is missing.
  mutating func remove(_ path: [String]) throws(NotEditable) {
    guard let entry = root.entry(at: path) else { return }
    guard let table = path.count == 1 ? root : root.entry(at: path.dropLast())?.node else { return }
    let changed: [UInt8]
    if table.isInlineTable {
      changed = try cut(entry, from: table)
    } else if entry.node.entries != nil, !entry.node.isInlineTable {
      // A table on lines of its own: each of its values is removed by itself.
      for inner in entry.node.entries ?? [] { try remove(path + [inner.key]) }
      return
    } else {
      changed = try withoutLines(of: entry)
    }
    try take(changed, as: root.replacing(path, with: nil))
  }

  /// Accepts the new text if it parses to the expected tree and nothing else has changed.
  private mutating func take(_ changed: [UInt8], as expected: TomlNode) throws(NotEditable) {
    guard let after = try? ParsedToml.parse(changed), after.isSame(as: expected) else {
      throw NotEditable(reason: "its form is too unusual; change it by hand")
    }
    bytes = changed
    root = after
    source = SourceText(path: "", bytes: changed)
  }

  // MARK: A value that is there

  private func replacement(of entry: TomlEntry, by toml: String) throws(NotEditable) -> [UInt8] {
    let range = try range(of: entry.node)
    // Comments between the elements of a list stay, above its key.
    let comments = comments(in: entry.node, range)
    let place = lineStart(entry.keyRegion.begin.line)
    let above = comments.map { indentation(of: entry.keyRegion.begin.line) + $0 + lineEnd(at: place) }
      .joined()
    return bytes[..<place] + Array(above.utf8) + bytes[place..<range.lowerBound] + Array(toml.utf8)
      + Array(bytes[range.upperBound...])
  }

  private func withoutLines(of entry: TomlEntry) throws(NotEditable) -> [UInt8] {
    let range = try range(of: entry.node)
    let start = lineStart(entry.keyRegion.begin.line)
    let end = lineStart(entry.node.region.end.line + 1)
    let tail = bytes[range.upperBound..<end]
    let behind = tail.firstIndex(of: UInt8(ascii: "#")).map { [Self.line(tail[$0...])] } ?? []
    let kept = (comments(in: entry.node, range) + behind).map {
      indentation(of: entry.keyRegion.begin.line) + $0 + lineEnd(at: start)
    }
    return bytes[..<start] + kept.joined().utf8 + Array(bytes[end...])
  }

  /// Removes an entry from `{ a = 1, b = 2 }`, with one of its commas.
  private func cut(_ entry: TomlEntry, from table: TomlNode) throws(NotEditable) -> [UInt8] {
    let entries = table.entries ?? []
    guard let index = entries.firstIndex(where: { $0.key == entry.key }) else { return bytes }
    if index + 1 < entries.count {
      return bytes[..<offset(entry.keyRegion.begin)]
        + Array(bytes[offset(entries[index + 1].keyRegion.begin)...])
    }
    let end = try range(of: entry.node).upperBound
    let start =
      index > 0 ? try range(of: entries[index - 1].node).upperBound : try range(of: table).lowerBound + 1
    return bytes[..<start] + Array(bytes[end...])
  }

  // MARK: A value that is new

  private func insertion(of toml: String, at path: [String]) throws(NotEditable) -> [UInt8] {
    guard let key = path.last, let entry = root.entry(at: path.dropLast()),
      let entries = entry.node.entries
    else { throw NotEditable(reason: "its table is missing") }
    let name = KnownKeys.isBare(key) ? key : Escaped.tomlString(key)
    if entry.node.isInlineTable {
      let last = entries.last
      let place =
        try last.map { last throws(NotEditable) in try range(of: last.node).upperBound }
        ?? offset(entry.node.region.begin) + 1
      let text = last == nil ? " \(name) = \(toml) " : ", \(name) = \(toml)"
      return bytes[..<place] + text.utf8 + Array(bytes[place...])
    }
    // Below the table's last value; below the header if its values are all in inner tables.
    let own = entries.filter { !isHeader($0.node) }
    let anchor = own.max { lastLine(of: $0) < lastLine(of: $1) }
    let line = anchor.map(lastLine(of:)) ?? entry.node.region.begin.line
    let before = anchor.map { prefix(before: $0.keyRegion.begin) } ?? indentation(of: line)
    let place = lineStart(line + 1)
    let text = "\(before)\(name) = \(toml)"
    let isCutShort = place > 0 && bytes[place - 1] != UInt8(ascii: "\n")
    let added = isCutShort ? lineEnd(at: lineStart(line)) + text : text + lineEnd(at: lineStart(line))
    return bytes[..<place] + added.utf8 + Array(bytes[place...])
  }

  /// The line on which an entry's last value ends; inner tables with their own header do not count.
  private func lastLine(of entry: TomlEntry) -> Int {
    guard let entries = entry.node.entries, !entry.node.isInlineTable else {
      return max(entry.keyRegion.begin.line, entry.node.region.end.line)
    }
    return entries.filter { !isHeader($0.node) }.map(lastLine(of:)).max() ?? entry.keyRegion.begin.line
  }

  // MARK: The text

  /// The bytes of a value. The end that the parser gives is checked.
  private func range(of node: TomlNode) throws(NotEditable) -> Range<Int> {
    let start = offset(node.region.begin)
    let end = offset(node.region.end)
    guard start < end, let again = try? ParsedToml.parse(Array("x = ".utf8) + bytes[start..<end]),
      again.entry("x")?.node.isSame(as: node) ?? false
    else { throw NotEditable(reason: "its lines belong to other values too; change it by hand") }
    return start..<end
  }

  private func offset(_ place: TomlPlace) -> Int {
    var offset = lineStart(place.line)
    for scalar in String(decoding: source.line(place.line), as: UTF8.self).unicodeScalars.prefix(
      place.column - 1)
    {
      offset += UTF8.width(scalar)
    }
    return offset
  }

  /// The beginning of a line; after the last line, the end of the text.
  private func lineStart(_ line: Int) -> Int { source.start(ofLine: line) }

  /// The line break of the line at this position, or of the line before: files keep their kind of line break.
  private func lineEnd(at start: Int) -> String {
    let end =
      bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes[..<start].lastIndex(of: UInt8(ascii: "\n"))
    guard let end, end > 0, bytes[end - 1] == UInt8(ascii: "\r") else { return "\n" }
    return "\r\n"
  }

  private func indentation(of line: Int) -> String {
    Self.line(source.line(line).prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") })
  }

  /// The text before a key on its line: blanks, and the tables of a dotted key.
  private func prefix(before place: TomlPlace) -> String {
    Self.line(bytes[lineStart(place.line)..<offset(place)])
  }

  /// True for a table under a `[header]`, or `[[header]]`s.
  private func isHeader(_ node: TomlNode) -> Bool {
    switch node.value {
    case .table(_, isInline: false): return source.isHeader(at: node.region.begin)
    case .array(let elements):
      guard case .table(_, isInline: false)? = elements.first?.value else { return false }
      return source.isHeader(at: node.region.begin)
    default: return false
    }
  }

  /// The comments between the elements of a list.
  private func comments(in node: TomlNode, _ range: Range<Int>) -> [String] {
    guard case .array(let elements) = node.value else { return [] }
    var comments: [String] = []
    var position = range.lowerBound
    for (start, end) in elements.map({ (offset($0.region.begin), offset($0.region.end)) })
      + [(range.upperBound, range.upperBound)] where start >= position
    {
      var rest = bytes[position..<start]
      while let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
        let end = rest[hash...].firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
        comments.append(Self.line(rest[hash..<end]))
        rest = rest[end...]
      }
      position = end
    }
    return comments
  }

  /// A line without its line break.
  private static func line(_ bytes: ArraySlice<UInt8>) -> String {
    var bytes = bytes
    while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
      bytes.removeLast()
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
