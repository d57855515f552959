import CivilTime
import Escaping
import Schedules

/// The writer of a zone's VTIMEZONE (RFC 5545 3.6.5): with rules if the changes are on the same weekdays of
/// the same months each year, and otherwise with each change of some years.
struct ZoneWriter {
  let zone: Zone
  let newline: [UInt8]

  private struct Change {
    /// The time on the clock before the change.
    let wall: CivilDateTime
    let from: Int
    let to: Int
    let abbreviation: String
  }

  private static let ruleYears = 4
  private static let listedYears = 10

  /// The component from the year before `year` on.
  func component(from year: Int) -> Component {
    let first = year - 1
    let changes = changes(from: first, through: first + Self.listedYears)
    let parts: [Component]
    if let pair = yearly(changes, first) {
      parts = pair.map { observance($0.change, rule: $0.rule) }
    } else if let before = changes.first?.from {
      parts =
        [observance(at: "19700101T000000", from: before, to: before, "", rule: nil)]
        + changes.map { observance($0, rule: nil) }
    } else {
      let now = zone.local(at: Self.newYear(first))
      parts = [
        observance(at: "19700101T000000", from: now.offset, to: now.offset, now.abbreviation, rule: nil)
      ]
    }
    let name = Property("TZID", value: zone.name, newline: newline)
    return Component("VTIMEZONE", [.property(name)] + parts.map { .component($0) }, newline: newline)
  }

  private static func newYear(_ year: Int) -> Instant {
    CivilDate(year: year, month: 1, day: 1).map { Zone.utc.instant(for: $0.midnight) } ?? Instant(seconds: 0)
  }

  private func changes(from first: Int, through last: Int) -> [Change] {
    var changes: [Change] = []
    var period = zone.period(at: Self.newYear(first))
    let end = Self.newYear(last + 1).microseconds
    while period.end < end, changes.count < 100 {
      let at = Instant(microseconds: period.end)
      let next = zone.period(at: at)
      changes.append(
        Change(
          wall: Zone.utc.local(at: at.advanced(byMicroseconds: period.offset)).civil,
          from: Int(period.offset / 1_000_000), to: Int(next.offset / 1_000_000),
          abbreviation: zone.local(at: at).abbreviation))
      period = next
    }
    return changes
  }

  /// The two changes of the first year with their rules, if the next years have the same ones; else nil.
  private func yearly(_ changes: [Change], _ first: Int) -> [(change: Change, rule: String)]? {
    let years = (0..<Self.ruleYears).map { offset in changes.filter { $0.wall.date.year == first + offset } }
    guard years.allSatisfy({ $0.count == 2 }) else { return nil }
    var pair: [(Change, String)] = []
    for place in 0..<2 {
      let alike = years.map { $0[place] }
      guard let change = alike.first else { return nil }
      let isSteady = alike.allSatisfy {
        $0.wall.date.month == change.wall.date.month && $0.wall.date.weekday == change.wall.date.weekday
          && $0.wall.microsecondOfDay == change.wall.microsecondOfDay && $0.from == change.from
          && $0.to == change.to
      }
      guard isSteady, let ordinal = Self.ordinal(alike.map(\.wall.date)) else { return nil }
      var rule = RecurrenceRule(frequency: .yearly)
      rule.months = [change.wall.date.month]
      rule.weekdays = [.init(ordinal: ordinal, weekday: change.wall.date.weekday)]
      pair.append((change, rule.text))
    }
    return pair
  }

  /// The place of the dates' weekday in the month: -1 for the last, or a number from the beginning; nil if
  /// they differ.
  private static func ordinal(_ dates: [CivilDate]) -> Int? {
    if dates.allSatisfy({ $0.day + 7 > CivilDate.days(inMonth: $0.month, ofYear: $0.year) }) { return -1 }
    let ordinals = Set(dates.map { ($0.day - 1) / 7 + 1 })
    return ordinals.count == 1 ? ordinals.first : nil
  }

  private func observance(_ change: Change, rule: String?) -> Component {
    let text = DateValue.local(change.wall).text
    return observance(at: text, from: change.from, to: change.to, change.abbreviation, rule: rule)
  }

  private func observance(
    at start: String, from: Int, to: Int, _ abbreviation: String, rule: String?
  ) -> Component {
    var lines = [("DTSTART", start), ("TZOFFSETFROM", Self.offset(from)), ("TZOFFSETTO", Self.offset(to))]
    if !abbreviation.isEmpty { lines.append(("TZNAME", Escaped.calendarText(abbreviation))) }
    if let rule { lines.append(("RRULE", rule)) }
    return Component(
      to > from ? "DAYLIGHT" : "STANDARD",
      lines.map { .property(Property($0.0, value: $0.1, newline: newline)) }, newline: newline)
  }

  private static func offset(_ seconds: Int) -> String {
    func two(_ number: Int) -> String { Digits.padded(number, to: 2) }
    let size = abs(seconds)
    let rest = size % 60 == 0 ? "" : two(size % 60)
    return (seconds < 0 ? "-" : "+") + two(size / 3600) + two(size / 60 % 60) + rest
  }
}
