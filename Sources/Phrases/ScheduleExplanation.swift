import CivilTime
package import Schedules

extension Schedule {
  /// The schedule in English, as one sentence without a full stop: `Every weekday at 08:05`,
  /// `Every other Friday at 19:30, from 27 November 2026 on`. Times are local, unless a text names a zone.
  package var explanation: String {
    sets.map(\.explanation).joined(separator: "; and ").capitalizedFirst
  }
}

extension RecurrenceSet {
  /// The set in English, with a small letter at the beginning.
  fileprivate var explanation: String {
    var text: String
    switch content {
    case .calendar(let expression):
      let words = expression.explanation
      text = words.prefix(1).lowercased() + words.dropFirst()
      if let start { text += ", from \(English.moment(start)) on" }
    case .rule(let rule, let time):
      text = RecurrenceWords(rule, start: time).text
      if let start { text += ", from \(beginning(start, of: rule)) on" }
      if let zone, start?.isInstant != true { text += ", \(English.zoneName(zone))" }
      if start?.isInstant == true { text += ", UTC" }
    case .dates:
      // A start without a rule is the only occurrence, and one of the dates.
      text = "once, " + Self.dates(includedDates)
      if let zone, !includedDates.allSatisfy(\.isInstant) { text += ", \(English.zoneName(zone))" }
      return text + exceptions
    }
    if !includedDates.isEmpty { text += ", also " + Self.dates(includedDates) }
    return text + exceptions
  }

  /// The start; without its time, if that is the time of the rule, which the words before it have.
  private func beginning(_ start: DateValue, of rule: RecurrenceRule) -> String {
    guard case .local(let time) = start, rule.frequency >= .daily,
      rule.hours.isEmpty, rule.minutes.isEmpty, rule.seconds.isEmpty
    else { return English.moment(start) }
    return English.date(time.date)
  }

  private var exceptions: String {
    excludedDates.isEmpty ? "" : ", except " + Self.dates(excludedDates)
  }

  /// `on 25 December 2026 and 1 January 2027`; of more than eight dates, the first eight.
  private static func dates(_ values: [DateValue]) -> String {
    let shown = 8
    guard values.count > shown else { return "on " + English.list(values.map(English.moment)) }
    let rest = English.count(values.count - shown, "more date")
    return "on " + values.prefix(shown).map(English.moment).joined(separator: ", ") + " and \(rest)"
  }
}
