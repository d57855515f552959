import CivilTime
import Control

/// A report for a terminal: at most 80 columns, and the same without colour.
struct ReportText {
  private let report: Report
  private let style: Style
  private static let width = 80
  private static let bar = 40
  private static let titleWidth = 36

  init(_ summary: Summary, _ style: Style) {
    report = Report(summary)
    self.style = style
  }

  var text: String {
    [thisWeek, weeks, happened, moments, appreciations].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var thisWeek: String {
    let dates = "\(Report.short(report.week.monday)) to \(Report.short(report.summary.today))"
    return style.bold("This week, \(dates)") + "\n" + Self.wrapped(Report.hours(report.week))
  }

  /// A bar for each week, in proportion to the longest one and to six hours.
  private var weeks: String {
    let all = report.summary.weeks
    guard all.contains(where: { $0.minutes > 0 }) else { return "" }
    let longest = max(all.map(\.minutes).max() ?? 0, Report.sixHours)
    let mark = Int((Report.sixHours / longest * Double(Self.bar)).rounded())
    var lines = [style.bold("Time together, by week")]
    for week in all {
      let length = Int((week.minutes / longest * Double(Self.bar)).rounded(.up))
      let bar = (0..<Self.bar).map { $0 < length ? "█" : $0 == mark - 1 ? "|" : "·" }.joined()
      lines.append("\(Self.right(Report.short(week.monday), 6))  \(bar)  \(Report.length(week.minutes))")
    }
    lines.append(style.dim("The line stands at six hours."))
    return lines.joined(separator: "\n") + "\n"
  }

  /// The days of this week, ritual by ritual.
  private var happened: String {
    guard let monday = Report.day(report.week.monday)?.daysSinceEpoch else { return "" }
    var rows: [String] = []
    for ritual in report.summary.rituals {
      let done = Dictionary(uniqueKeysWithValues: ritual.days.map { ($0.date, $0.done) })
      let days = ritual.days.compactMap { Report.day($0.date)?.daysSinceEpoch }
      guard days.contains(where: { $0 >= monday }) else { continue }
      let cells = (0..<7).map { index in
        let date = ritual.days.first { Report.day($0.date)?.daysSinceEpoch == monday + index }?.date
        let count = date.flatMap { done[$0] } ?? 0
        return count == 0 ? "  ·" : Self.right("\(min(count, 99))", 3)
      }
      let title = TerminalText.cut(TerminalText.line(ritual.title), to: Self.titleWidth - 1)
      rows.append(
        title + TerminalText.blanks(after: title, to: Self.titleWidth) + cells.joined(separator: "  "))
    }
    guard !rows.isEmpty else { return "" }
    let names = Weekday.allCases.map(\.abbreviation).joined(separator: "  ")
    return style.bold("What happened this week") + "\n"
      + style.dim(TerminalText.blanks(after: "", to: Self.titleWidth) + names) + "\n"
      + rows.joined(separator: "\n") + "\n"
  }

  private var moments: String {
    let count = Wording.count(report.summary.weeks.count, "week", "weeks")
    return style.bold("Moments, in \(count)") + "\n" + Self.wrapped(report.balance)
      + style.dim(Self.wrapped(Report.fiveToOne).dropLast().description) + "\n"
  }

  private var appreciations: String {
    let notes = report.summary.appreciations
    guard !notes.isEmpty else { return "" }
    return style.bold("What you appreciated last") + "\n"
      + notes.map { note in
        let day = Self.right(Report.short(String(note.at.at.prefix(10))), 6)
        let lines = TerminalText.wrap(TerminalText.line(note.text), to: Self.width - 8)
        return lines.enumerated().map { ($0.offset == 0 ? day : "      ") + "  " + $0.element + "\n" }
          .joined()
      }.joined()
  }

  /// The text in lines of words, each with its line break.
  private static func wrapped(_ text: String) -> String {
    TerminalText.wrap(text, to: width).map { $0 + "\n" }.joined()
  }

  private static func right(_ text: String, _ columns: Int) -> String {
    TerminalText.blanks(after: text, to: columns) + text
  }
}
