/// Trees compared and changed, regardless of their values' places.
extension TomlNode {
  /// The entry of a key; nil if it is missing, or if this is no table.
  func entry(_ key: String) -> TomlEntry? { entries?.first { $0.key == key } }

  /// The entry at the end of a path of keys; nil if it is missing, or if the path is empty.
  func entry(at path: some Collection<String>) -> TomlEntry? {
    guard let key = path.first, let entry = entry(key) else { return nil }
    let rest = path.dropFirst()
    return rest.isEmpty ? entry : entry.node.entry(at: rest)
  }

  /// The same tree with another value at the end of a path, or without it if `value` is nil. Missing tables
  /// on the way are created.
  func replacing(_ path: some Collection<String>, with value: TomlNode?) -> TomlNode {
    guard let key = path.first else { return value ?? self }
    var entries = entries ?? []
    let place = entries.firstIndex { $0.key == key }
    let rest = path.dropFirst()
    let inner: TomlNode?
    if rest.isEmpty {
      inner = value
    } else {
      let table =
        place.map { entries[$0].node } ?? TomlNode(value: .table([], isInline: false), region: region)
      inner = table.replacing(rest, with: value)
    }
    switch (place, inner) {
    case (let place?, let inner?):
      entries[place] = TomlEntry(key: key, keyRegion: entries[place].keyRegion, node: inner)
    case (let place?, nil): entries.remove(at: place)
    case (nil, let inner?): entries.append(TomlEntry(key: key, keyRegion: region, node: inner))
    case (nil, nil): break
    }
    var copy = self
    copy.value = .table(entries, isInline: isInlineTable)
    return copy
  }

  var isInlineTable: Bool {
    if case .table(_, isInline: true) = value { true } else { false }
  }

  /// True if two trees have the same values, wherever they are; tables without entries do not count.
  func isSame(as other: TomlNode) -> Bool {
    switch (value, other.value) {
    case (.table(let left, _), .table(let right, _)):
      let left = left.filter { !$0.node.isEmptyTable }
      let right = right.filter { !$0.node.isEmptyTable }
      // In the order of the keys: if a table's first header is removed, its place among the others may
      // change.
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
    case (.date(let left), .date(let right)): return left == right
    case (.dateTime(let left), .dateTime(let right)): return left == right
    case (.time, .time): return true
    default: return false
    }
  }

  private var isEmptyTable: Bool {
    guard let entries else { return false }
    return entries.allSatisfy(\.node.isEmptyTable)
  }
}
