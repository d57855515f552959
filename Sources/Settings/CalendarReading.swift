import Phrases
import Rituals
import Schedules

extension FileReader {
  /// Reads the valid calendars of the file. `taken` has those of the files before it, and gets those of this
  /// one; `rituals` are all of the configuration, including invalid ones.
  mutating func readCalendars(
    rituals: Set<RitualID>, taken: inout [String: RitualPlace]
  ) -> [SharedCalendar] {
    guard let entry = entries.first(where: { $0.key == "calendar" }), let table = table(entry, ["calendar"])
    else { return [] }
    var calendars: [SharedCalendar] = []
    for entry in table {
      let errorsBefore = errorCount
      let calendar = readCalendar(entry, rituals)
      if claim(entry, &taken), errorCount == errorsBefore, let calendar { calendars.append(calendar) }
    }
    return calendars
  }

  /// True if the name is valid and no other calendar has it.
  private mutating func claim(_ entry: TomlEntry, _ taken: inout [String: RitualPlace]) -> Bool {
    let place = entry.keyRegion.begin
    let path = ["calendar", entry.key]
    guard SharedCalendar.isName(entry.key) else {
      report(at: place, path, "invalid name of a calendar", accepted: SharedCalendar.acceptedName)
      return false
    }
    if let first = taken[entry.key] {
      report(
        at: place, path,
        "the calendar at \(first.file):\(first.line):\(first.column) has this name and is used",
        accepted: "a different name for each calendar")
      return false
    }
    taken[entry.key] = RitualPlace(file: source.path, line: place.line, column: place.column)
    return true
  }

  private mutating func readCalendar(_ entry: TomlEntry, _ rituals: Set<RitualID>) -> SharedCalendar? {
    let path = ["calendar", entry.key]
    guard let table = table(entry, path) else { return nil }
    checkKeys(of: table, in: path, KnownKeys.calendar)
    var vdir: String?
    var categories: [String] = []
    var lead: TimeSpan?
    var quiet = QuietPolicy.respect
    var publish: [RitualID] = []
    var words = PublishedWords.titles
    for entry in table {
      let path = path + [entry.key]
      switch entry.key {
      case "vdir": vdir = self.vdir(entry, path)
      case "categories": categories = self.categories(entry, path)
      case "lead": lead = length(entry, path)
      case "quiet": quiet = choice(entry.node, path, "value") ?? quiet
      case "publish": publish = published(entry, path, rituals)
      case "words":
        words =
          choice(entry.node, path, "value", accepted: "\"titles\", or \"full\" for the messages too") ?? words
      default: break
      }
    }
    if !table.contains(where: { $0.key == "vdir" }) {
      report(
        at: entry.keyRegion.begin, path, "vdir is missing",
        accepted: "vdir = \"~/.local/share/calendars/us\", for example")
    }
    return vdir.map {
      SharedCalendar(
        name: entry.key, vdir: $0, categories: categories, lead: lead, quiet: quiet, publish: publish,
        words: words)
    }
  }

  private mutating func vdir(_ entry: TomlEntry, _ path: [String]) -> String? {
    let accepted = "a folder's path from the root, or from home as in \"~/.local/share/calendars/us\""
    guard let text = line(entry, path, upTo: ValueLimits.path, mayBeEmpty: false) else { return nil }
    if text.hasPrefix("/") || text.hasPrefix("~/") { return text }
    report(at: entry.node.region.begin, path, "the path begins with neither / nor ~/", accepted: accepted)
    return nil
  }

  private mutating func categories(_ entry: TomlEntry, _ path: [String]) -> [String] {
    let accepted = "a category such as \"Us\", or a list of them"
    let nodes = elements(entry.node, path, accepted, upTo: ValueLimits.categories) ?? []
    return nodes.compactMap { node in
      guard let text = string(node, path, accepted) else { return nil }
      if !text.isEmpty { return text }
      report(at: node.region.begin, path, "it is empty", accepted: accepted)
      return nil
    }
  }

  private mutating func published(
    _ entry: TomlEntry, _ path: [String], _ rituals: Set<RitualID>
  ) -> [RitualID] {
    let accepted = "ids of rituals, such as [\"state-of-us\"], or [] for none"
    if case .array(let nodes) = entry.node.value, nodes.isEmpty { return [] }
    var ids: [RitualID] = []
    for node in elements(entry.node, path, accepted, upTo: ValueLimits.published) ?? [] {
      guard let text = string(node, path, accepted) else { continue }
      guard let id = RitualID(text), rituals.contains(id) else {
        report(
          at: node.region.begin, path, "there is no ritual \(quoted(text))", accepted: accepted,
          suggestion: nearest(text, among: rituals.map(\.text).sorted()))
        continue
      }
      if !ids.contains(id) { ids.append(id) }
    }
    return ids
  }
}
