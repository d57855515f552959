import CivilTime

extension Schedule {
  /// The schedule in English, in one sentence without a full stop: `Every weekday at 08:05`, `Every other Friday at 19:30,
  /// from 27 November 2026 on`. Times are local, unless a zone is named.
  package var explanation: String {
    explanations.joined(separator: "; and ").capitalizedFirst
  }
}

extension RecurrenceSet {
  /// What the set says, beginning with a small letter.
  var explanation: String {
    var text: String
    switch pattern {
    case .calendar(let expression):
      let words = expression.value.explanation
      text = words.prefix(1).lowercased() + words.dropFirst()
      if let start { text += ", from \(English.moment(start)) on" }
    case .rule(let rule):
      text = RecurrenceWords(rule.value).text
      if let start { text += ", from \(beginning(start, of: rule.value.rule)) on" }
      if let zone, start?.isInstant != true { text += ", \(English.clockOf(zone))" }
      if start?.isInstant == true { text += ", UTC" }
    case .none:
      // A start without a rule is its only occurrence, and stands among the dates.
      text = "once, " + Self.dates(included.values)
      if let zone, !included.values.allSatisfy(\.isInstant) { text += ", \(English.clockOf(zone))" }
      return text + exceptions
    }
    if !included.isEmpty { text += ", also " + Self.dates(included.values) }
    return text + exceptions
  }

  /// Where the rule takes its time of day from the start, that was said already.
  private func beginning(_ start: DateValue, of rule: RecurrenceRule) -> String {
    guard case .local(let time) = start, rule.frequency >= .daily,
      rule.hours.isEmpty, rule.minutes.isEmpty, rule.seconds.isEmpty
    else { return English.moment(start) }
    return English.date(time.date)
  }

  private var exceptions: String {
    excluded.isEmpty ? "" : ", except " + Self.dates(excluded.values)
  }

  /// `on 25 December 2026 and 1 January 2027`; of many, the first ones.
  private static func dates(_ values: [DateValue]) -> String {
    let shown = 8
    guard values.count > shown else { return "on " + English.list(values.map(English.moment)) }
    let rest = English.count(values.count - shown, "more date")
    return "on " + values.prefix(shown).map(English.moment).joined(separator: ", ") + " and \(rest)"
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
