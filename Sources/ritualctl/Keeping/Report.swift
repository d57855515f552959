import CivilTime
import Control
import Phrases

/// The figures of a report, for the terminal and for the page.
struct Report {
  let summary: Summary

  /// Minutes of a week that couples do well with (Gottman & Silver 2015: partings, reunions, appreciation,
  /// affection, a date and a weekly talk).
  static let sixHours = 360.0

  init(_ summary: Summary) { self.summary = summary }

  /// The present week. The daemon always sends one.
  var week: SummaryWeek {
    summary.weeks.last ?? SummaryWeek(monday: summary.today, done: 0, minutes: 0, warm: 0, hard: 0)
  }

  /// `3 h 40 min`, `25 min`.
  static func length(_ minutes: Double) -> String {
    let minutes = Int(minutes.rounded())
    let parts = [minutes >= 60 ? "\(minutes / 60) h" : "", minutes % 60 > 0 ? "\(minutes % 60) min" : ""]
    let text = parts.filter { !$0.isEmpty }.joined(separator: " ")
    return text.isEmpty ? "0 min" : text
  }

  /// A sentence on the hours of a week, beside the six.
  static func hours(_ week: SummaryWeek) -> String {
    guard week.minutes > 0 else { return "The week is still open. A minute together is a start." }
    return "\(length(week.minutes)) together. Couples who do well find about six hours a week for each other."
  }

  /// A sentence on warm and hard moments.
  var balance: String {
    let warm = summary.weeks.reduce(0) { $0 + $1.warm }
    let hard = summary.weeks.reduce(0) { $0 + $1.hard }
    let counts =
      Wording.count(warm, "warm moment", "warm moments") + " and "
      + Wording.count(hard, "hard one", "hard ones") + " were written down."
    guard warm + hard > 0 else { return "No moments were written down. Start with: ritualctl moment +" }
    guard hard > 0 else { return counts }
    return counts + " That is \(Self.ratio(warm, hard))."
  }

  /// A sentence on the source of the ratio.
  static let fiveToOne =
    "In couples that last, about five warm moments go with a hard one while they are in a conflict "
    + "(Gottman & Levenson 1992). Nobody writes down every moment."

  private static func ratio(_ warm: Int, _ hard: Int) -> String {
    let tenths = (warm * 10 + hard / 2) / hard
    return tenths % 10 == 0 || tenths >= 100
      ? "about \(tenths / 10) to 1" : "about \(tenths / 10).\(tenths % 10) to 1"
  }

  /// The day of a date such as `2026-11-27`.
  static func day(_ date: String) -> CivilDate? {
    Instant(parsing: date, in: .utc).map { Zone.utc.local(at: $0).civil.date }
  }

  /// `27 Nov`.
  static func short(_ date: String) -> String {
    guard let day = day(date) else { return date }
    return "\(day.day) \(English.shortMonth(day.month))"
  }
}
