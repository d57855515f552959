import CivilTime
import Rituals
import Schedules

/// Writes TOML.
enum TomlText {
  /// A ritual as a table with a header, keys in the order of the manual.
  static func table(of ritual: NewRitual) throws(SettingsError) -> String {
    var changes = [RitualChange(key: "title", values: [ritual.title])]
    if let message = ritual.message { changes.append(RitualChange(key: "message", values: [message])) }
    changes.append(RitualChange(key: "schedule", values: ritual.schedule))
    if let timezone = ritual.timezone { changes.append(RitualChange(key: "timezone", values: [timezone])) }
    if let urgency = ritual.urgency {
      changes.append(RitualChange(key: "urgency", values: [urgency.rawValue]))
    }
    var lines = ["[ritual.\(ritual.id.text)]"]
    for change in try RitualChange.settled(changes + ritual.more) {
      lines += Self.lines(try change.edits())
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One line a key; the keys of an inner table share a line.
  private static func lines(_ edits: [RitualChange.Edit]) -> [String] {
    let values = edits.compactMap { edit in edit.toml.map { (path: edit.path, toml: $0) } }
    guard let table = values.first?.path.first,
      values.allSatisfy({ $0.path.count == 2 && $0.path[0] == table })
    else { return values.map { "\(KnownKeys.path($0.path)) = \($0.toml)" } }
    return ["\(table) = { \(values.map { "\($0.path[1]) = \($0.toml)" }.joined(separator: ", ")) }"]
  }

  /// The rule, and its start as TOML writes it, if the schedule is a rule with a local start; else nil.
  static func ruleAndStart(_ texts: [String]) -> (rule: String, start: String)? {
    guard texts.count == 1, let started = StartedRule(contentLines: texts[0]), case .local = started.start
    else { return nil }
    return (started.rule, date(started.start))
  }

  /// `2026-11-27`, `2026-11-27T19:30:00`, or with a Z at the end.
  static func date(_ value: DateValue) -> String {
    switch value {
    case .date(let date): date.formatted
    case .local(let time): time.formatted
    case .instant(let instant): Zone.utc.local(at: instant).civil.formatted + "Z"
    }
  }
}
