import CivilTime
import Schedules

/// A start and a schedule that are set together, or one after the other.
extension RitualChange {
  /// Combines the changes of a ritual that had the rule `former` with a start beside the rule: the start in
  /// the rule's own text is dropped, and a bare date gets the rule's time of day.
  static func settled(
    _ changes: [RitualChange], over former: StartedRule? = nil
  ) throws(SettingsError) -> [RitualChange] {
    guard let start = changes.first(where: { $0.key == "start" && !$0.values.isEmpty }) else {
      return changes
    }
    let texts = changes.last { $0.key == "schedule" }?.values
    let rules = texts?.compactMap(StartedRule.init(contentLines:)) ?? []
    let isRule = texts?.contains(where: isRuleAlone) ?? true
    let value = try start.start(of: rules, or: isRule ? former : nil)
    return changes.map { change in
      switch change.key {
      case "start": value.map { RitualChange(key: "start", values: [$0]) } ?? change
      case "schedule":
        RitualChange(
          key: "schedule", values: change.values.map { StartedRule(contentLines: $0)?.rule ?? $0 })
      default: change
      }
    }
  }

  /// The start's text, adapted to the new rules or to the former one; nil if it stays as the user wrote it.
  private func start(of rules: [StartedRule], or former: StartedRule?) throws(SettingsError) -> String? {
    guard let said = try value(), let first = rules.first ?? former else { return nil }
    guard case .date(let date) = said else {
      // A rule has the time of its start: if the user gave two different times, one would be lost.
      let isAgreed = rules.allSatisfy { $0.keepsTimes(with: said) }
      guard isAgreed else { throw refusal(first, isAlone: rules.count == 1) }
      return nil
    }
    let start = first.start(on: date)
    guard rules.allSatisfy({ $0.start(on: date) == start }) else { throw refusal(first, isAlone: false) }
    return TomlText.date(start)
  }

  private func refusal(_ first: StartedRule, isAlone: Bool) -> SettingsError {
    var accepted = "a date beside a schedule of one time of day"
    if isAlone, case .local(let time) = first.start {
      accepted = "a date, or one with the schedule's time of day, \(time.formatted.dropFirst(11).prefix(5))"
    }
    return .badValue(key: key, text: values.joined(separator: ", "), accepted: accepted)
  }

  /// The user's value, if it is a date or a time.
  private func value() throws(SettingsError) -> DateValue? {
    guard let toml = try edits().first?.toml else { return nil }
    return DateValue(toml: (try? ParsedToml.parse(Array("x = \(toml)".utf8)))?.entry("x")?.node)
  }

  /// True for a rule without a start in its own text.
  static func isRuleAlone(_ text: String) -> Bool {
    let text = text.uppercased()
    return !text.contains("DTSTART") && (text.hasPrefix("RRULE") || text.hasPrefix("FREQ"))
  }
}

extension StartedRule {
  /// The rule of a ritual's table, with the start beside it; nil if one of them is missing.
  init?(ritual: TomlNode) {
    guard let start = DateValue(toml: ritual.entry("start")?.node),
      let rule = ritual.entry("schedule")?.node.texts.first(where: RitualChange.isRuleAlone)
    else { return nil }
    self.init(rule: rule, start: start)
  }
}

extension DateValue {
  /// The date or time of a value; nil for other values, and for a time that does not exist.
  init?(toml node: TomlNode?) {
    switch node?.date {
    case .date(let date):
      guard let date = CivilDate(year: date.year, month: date.month, day: date.day) else { return nil }
      self = .date(date)
    case .dateTime(let time): self.init(time)
    default: return nil
    }
  }
}

extension TomlNode {
  /// A text, or the texts of a list.
  fileprivate var texts: [String] {
    switch value {
    case .string(let text): [text]
    case .array(let nodes): nodes.flatMap(\.texts)
    default: []
    }
  }
}
