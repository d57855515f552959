import Rituals

/// Cuts one ritual out of a text and keeps every other byte.
struct Removal {
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

  /// Why a ritual cannot be cut out; `reason` is a clause.
  struct NotPossible: Error {
    let reason: String
  }

  /// Whether the text holds nothing but this ritual.
  var isAlone: Bool {
    guard let entries = root.entries, entries.count == 1, entries[0].key == "ritual" else { return false }
    return entries[0].node.entries?.map(\.key) == [id.text]
  }

  /// The text without the ritual: without the lines from its header to its last value, the blank ones after them, and
  /// the same of the tables in it. Comments above the header and after the last value stay.
  func rest() throws(NotPossible) -> [UInt8] {
    guard let ritual = root.entry("ritual"), let entry = ritual.node.entry(id.text) else {
      throw NotPossible(reason: "it is not there")
    }
    guard !ritual.node.isInlineTable else {
      throw NotPossible(reason: "it is written inside { }, from where only its author can take it")
    }
    var ranges: [ClosedRange<Int>] = []
    collect(entry, into: &ranges)
    let kept = cut(ranges)
    guard let after = try? TomlDocument.parse(kept), after.isSame(as: root.without(id)) else {
      throw NotPossible(reason: "its lines cannot be told from those of others")
    }
    return kept
  }

  /// The lines of an entry: of a table with a header those up to its own last value, of a value its own.
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
      // A table in it with a header of its own may stand far away, with other tables in between.
      if entry.node.isTableWithHeader(in: self) { ranges += inner } else { own += inner }
    }
    guard isHeader(table) else {
      ranges += own
      return
    }
    let header = table.region.begin.line
    ranges.append(header...(own.map(\.upperBound).max().map { max($0, header) } ?? header))
  }

  /// Whether a table stands under a `[header]` or `[[header]]`, by its text: a table that dotted keys made has the
  /// place of a key.
  fileprivate func isHeader(_ node: TomlNode) -> Bool {
    let line = String(decoding: source.line(node.region.begin.line), as: UTF8.self)
    let before = line.unicodeScalars.prefix(max(0, node.region.begin.column - 1))
    let rest = line.unicodeScalars.dropFirst(max(0, node.region.begin.column - 1))
    return rest.first == "[" && before.allSatisfy { $0 == " " || $0 == "\t" }
  }

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
  fileprivate var isInlineTable: Bool {
    if case .table(_, isInline: true) = value { true } else { false }
  }

  fileprivate func entry(_ key: String) -> TomlEntry? { entries?.first { $0.key == key } }

  fileprivate func isTableWithHeader(in removal: Removal) -> Bool {
    switch value {
    case .table(_, isInline: false), .array: removal.isHeader(self)
    default: false
    }
  }

  /// This root without one ritual, and without a `ritual` table that is empty then.
  fileprivate func without(_ id: RitualID) -> TomlNode {
    var copy = self
    let rest = (entries ?? []).map { entry in
      guard entry.key == "ritual" else { return entry }
      var node = entry.node
      node.value = .table((node.entries ?? []).filter { $0.key != id.text }, isInline: false)
      return TomlEntry(key: entry.key, keyRegion: entry.keyRegion, node: node)
    }
    copy.value = .table(rest, isInline: false)
    return copy
  }

  /// Whether two trees hold the same, wherever it stands; tables without entries do not count.
  fileprivate func isSame(as other: TomlNode) -> Bool {
    switch (value, other.value) {
    case (.table(let left, _), .table(let right, _)):
      let left = left.filter { !$0.node.isEmptyTable }
      let right = right.filter { !$0.node.isEmptyTable }
      // In the order of the keys: taking the first header of a table away may change its place among the others.
      return left.count == right.count
        && zip(left.sorted { $0.key < $1.key }, right.sorted { $0.key < $1.key }).allSatisfy {
          $0.key == $1.key && $0.node.isSame(as: $1.node)
        }
    case (.array(let left), .array(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
    case (.string(let left), .string(let right)): return left == right
    case (.integer(let left), .integer(let right)): return left == right
    case (.float(let left), .float(let right)): return left.bitPattern == right.bitPattern
    case (.boolean(let left), .boolean(let right)): return left == right
    case (.date, .date), (.time, .time), (.dateTime, .dateTime): return true
    default: return false
    }
  }

  private var isEmptyTable: Bool {
    guard let entries else { return false }
    return entries.allSatisfy(\.node.isEmptyTable)
  }
}
