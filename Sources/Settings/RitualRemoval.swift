import Rituals

/// Cuts one ritual out of a text and keeps every other byte.
struct RitualRemoval {
  let id: RitualID
  let bytes: [UInt8]
  let root: TomlNode
  private let source: SourceText

  init(id: RitualID, bytes: [UInt8], root: TomlNode) {
    self.id = id
    self.bytes = bytes
    self.root = root
    source = SourceText(path: "", bytes: bytes)
  }

  /// True if the text contains only this ritual.
  var isAlone: Bool {
    guard let entries = root.entries, entries.count == 1, entries[0].key == "ritual" else { return false }
    return entries[0].node.entries?.map(\.key) == [id.text]
  }

  /// The text without the ritual: without the lines from its header to its last value, the blank lines after
  /// them, and the same of its inner tables. Comments above the header and after the last value stay.
  func rest() throws(NotEditable) -> [UInt8] {
    guard let ritual = root.entry("ritual"), let entry = ritual.node.entry(id.text) else {
      throw NotEditable(reason: "it does not exist")
    }
    guard !ritual.node.isInlineTable else {
      throw NotEditable(reason: "it is inside { }; remove it by hand")
    }
    var ranges: [ClosedRange<Int>] = []
    collect(entry, into: &ranges)
    let kept = cut(ranges)
    guard let after = try? ParsedToml.parse(kept),
      after.isSame(as: root.replacing(["ritual", id.text], with: nil))
    else {
      throw NotEditable(reason: "its lines belong to other values too; remove it by hand")
    }
    return kept
  }

  /// Collects the lines of an entry: for a table with a header, up to its own last value; for a value, its
  /// own.
  private func collect(_ entry: TomlEntry, into ranges: inout [ClosedRange<Int>]) {
    if case .array(let tables) = entry.node.value, isHeader(entry.node) {
      for table in tables { collect(table, into: &ranges) }
    } else if entry.node.entries != nil, !entry.node.isInlineTable {
      collect(entry.node, into: &ranges)
    } else {
      ranges.append(entry.keyRegion.begin.line...max(entry.keyRegion.begin.line, entry.node.region.end.line))
    }
  }

  private func collect(_ table: TomlNode, into ranges: inout [ClosedRange<Int>]) {
    var own: [ClosedRange<Int>] = []
    for entry in table.entries ?? [] {
      var inner: [ClosedRange<Int>] = []
      collect(entry, into: &inner)
      // An inner table with its own header may be far away, with other tables in between.
      if entry.node.isTableWithHeader(in: self) { ranges += inner } else { own += inner }
    }
    guard isHeader(table) else {
      ranges += own
      return
    }
    let header = table.region.begin.line
    ranges.append(header...(own.map(\.upperBound).max().map { max($0, header) } ?? header))
  }

  fileprivate func isHeader(_ node: TomlNode) -> Bool { source.isHeader(at: node.region.begin) }

  private func cut(_ ranges: [ClosedRange<Int>]) -> [UInt8] {
    let gone = Set(ranges.joined())
    var kept: [UInt8] = []
    var line = 1
    var rest = bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      kept += rest.prefix(3)
      rest = rest.dropFirst(3)
    }
    var isAfterCut = false
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
      let text = rest[rest.startIndex..<end]
      let isBlank = text.allSatisfy { [0x20, 0x09, 0x0D, 0x0A].contains($0) }
      if gone.contains(line) {
        isAfterCut = true
      } else if !(isAfterCut && isBlank) {
        isAfterCut = false
        kept += text
      }
      rest = rest[end...]
      line += 1
    }
    return kept
  }
}

extension TomlNode {
  fileprivate func isTableWithHeader(in removal: RitualRemoval) -> Bool {
    switch value {
    case .table(_, isInline: false), .array: removal.isHeader(self)
    default: false
    }
  }
}
