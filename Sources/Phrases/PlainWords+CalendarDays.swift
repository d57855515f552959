import CivilTime
import Schedules

/// Calendar expressions of days without a time: they are at midnight, and people who type them mean another
/// time.
extension PlainWords {
  /// True if a calendar expression names a time. Each time has a colon, and nothing else has one. Unix time
  /// begins with @, and `hourly` and `minutely` are no days.
  static func namesTime(_ expression: String) -> Bool {
    let word = expression.prefix { $0 != " " }.lowercased()
    return expression.contains(":") || word.hasPrefix("@") || word == "hourly" || word == "minutely"
  }

  /// The error for a calendar expression of days, with a zone behind them or without one.
  static func missingTime(_ expression: String, hasZone: Bool) -> ScheduleError {
    let end = hasZone ? expression.lastIndex(of: " ") ?? expression.endIndex : expression.endIndex
    let days = String(expression[..<end])
    let place = days.utf8.count
    return ScheduleError(
      range: place..<place, reason: "the time is missing: this is at midnight",
      accepted: "\"\(shorthands[days.lowercased()] ?? days) 09:00\(expression[end...])\", for example")
  }

  /// The days of words that no time can stand behind in a calendar expression.
  private static let shorthands: [String: String] = [
    "daily": "*-*-*", "weekly": Weekday.monday.abbreviation, "monthly": "*-*-01",
    "quarterly": "*-01,04,07,10-01",
    "semiannually": "*-01,07-01", "semi-annually": "*-01,07-01", "biannually": "*-01,07-01",
    "bi-annually": "*-01,07-01", "annually": "*-01-01", "anually": "*-01-01", "yearly": "*-01-01",
  ]
}
