import Rituals

extension FileReader {
  /// Reads the file as a preset; nil if a mistake prevents it.
  mutating func readPreset(_ id: ContentID) -> Preset? {
    let errorsBefore = errorCount
    checkKeys(of: entries, in: [], KnownKeys.preset)
    let head = readHead().head(id)
    var taken: [RitualID: RitualPlace] = [:]
    let rituals = readRituals(defaults: .standard, taken: &taken)
    let tables = entries.first { $0.key == "ritual" }?.node.entries ?? []
    if tables.isEmpty {
      report(at: TomlPlace(line: 1, column: 1), [], "rituals are missing", accepted: "[ritual.ID]")
    }
    let texts = tables.map { ($0.key, text(of: $0)) }
    guard errorCount == errorsBefore, let head else { return nil }
    let offered = rituals.compactMap { ritual in
      texts.first { $0.0 == ritual.id.text }?.1.map { PresetRitual(ritual, text: $0) }
    }
    return Preset(head, rituals: offered)
  }

  /// The lines of a ritual's table, from its header to its last value.
  private mutating func text(of entry: TomlEntry) -> String? {
    let first = entry.node.region.begin.line
    let header = String(decoding: source.line(first), as: UTF8.self)
    guard header.hasPrefix("[ritual.") else {
      report(
        at: entry.keyRegion.begin, ["ritual", entry.key], "its lines cannot be copied",
        accepted: "a table with a header of its own, [ritual.\(entry.key)]")
      return nil
    }
    let last = (entry.node.entries ?? []).map(\.node.region.end.line).max() ?? first
    let lines = (first...max(first, last)).map { String(decoding: source.line($0), as: UTF8.self) }
    return lines.joined(separator: "\n") + "\n"
  }
}
