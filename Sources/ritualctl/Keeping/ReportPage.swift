import CivilTime
import Control
import Escaping

/// A report as a page: one file that asks for nothing from the network, needs no script, and reads well in
/// light and dark, on paper, by keyboard and with a screen reader (WCAG 2.2, AA).
struct ReportPage {
  private let report: Report

  init(_ summary: Summary) { report = Report(summary) }

  var text: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="referrer" content="no-referrer">
    <meta name="color-scheme" content="light dark">
    <title>Our rituals, \(Escaped.html(span))</title>
    <style>\(ReportStyle.text)</style>
    </head>
    <body>
    <header>
    <h1>Our rituals</h1>
    <p>\(period)</p>
    </header>
    <main>
    \([thisWeek, weeks, calendar, moments, appreciations].filter { !$0.isEmpty }.joined(separator: "\n"))
    </main>
    <footer><p>Made on this machine, for the two of you. It says what happened, and no more.</p></footer>
    </body>
    </html>

    """
  }

  private var span: String {
    "\(Report.short(report.summary.first)) to \(Report.short(report.summary.today))"
  }

  private var period: String {
    let summary = report.summary
    let count = Wording.count(summary.weeks.count, "week", "weeks")
    let year = Escaped.html(String(summary.today.prefix { $0 != "-" }))
    return "\(count), \(time(summary.first)) to \(time(summary.today))"
      + (summary.weeks.count > 52 ? "" : " \(year)")
  }

  /// The day, with its year where the report has several.
  private func time(_ date: String) -> String {
    let isLong = report.summary.weeks.count > 52
    let year = isLong ? " " + date.prefix { $0 != "-" } : ""
    return "<time datetime=\"\(Escaped.html(date))\">\(Escaped.html(Report.short(date) + year))</time>"
  }

  private func section(_ id: String, _ title: String, _ body: String) -> String {
    """
    <section aria-labelledby="\(id)">
    <h2 id="\(id)">\(title)</h2>
    \(body)
    </section>
    """
  }

  private var thisWeek: String {
    section("week", "This week", "<p class=\"lead\">\(Escaped.html(Report.hours(report.week)))</p>")
  }

  /// The hours of each week as a bar beside six hours, and as numbers.
  private var weeks: String {
    let all = report.summary.weeks
    let longest = max(all.map(\.minutes).max() ?? 0, Report.sixHours)
    let rows = all.map { week in
      let length = Int((week.minutes / longest * 100).rounded(.up))
      return """
        <tr><th scope="row">\(time(week.monday))</th>\
        <td class="bar" aria-hidden="true"><div><span class="length" style="width:\(length)%"></span>\
        <span class="six" style="left:\(percent(Report.sixHours / longest))"></span></div></td>\
        <td>\(Report.length(week.minutes))</td><td>\(week.warm)</td><td>\(week.hard)</td></tr>
        """
    }
    let table = """
      <div class="scroll" role="region" aria-label="Table of weeks" tabindex="0">
      <table class="weeks">
      <caption>The line stands at about six hours. Warm and hard are moments that you wrote down.</caption>
      <thead><tr><th scope="col">Week from</th><th scope="col" colspan="2">Together</th>\
      <th scope="col">Warm</th><th scope="col">Hard</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      </div>
      """
    return section("weeks", "Week by week", table)
  }

  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }

  /// A table for each ritual: a column for each week, a row for each day.
  private var calendar: String {
    let rituals = report.summary.rituals
    guard !rituals.isEmpty else { return "" }
    let tables = rituals.map { table($0) }.joined(separator: "\n")
    return section("calendar", "What happened", "<div class=\"calendar\">\n\(tables)\n</div>")
  }

  private func table(_ ritual: SummaryRitual) -> String {
    let mondays = report.summary.weeks.map(\.monday)
    let done = Dictionary(
      ritual.days.compactMap { day in Report.day(day.date).map { ($0.daysSinceEpoch, day.done) } },
      uniquingKeysWith: +)
    let total = ritual.days.reduce(0) { $0 + $1.done }
    let columns = mondays.map { monday in
      let parts = Escaped.html(Report.short(monday)).split(separator: " ")
      return "<th scope=\"col\">\(parts.map { "<span>\($0)</span>" }.joined(separator: " "))</th>"
    }
    let rows = Weekday.allCases.enumerated().map { index, weekday in
      let cells = mondays.map { monday in
        let count = Report.day(monday).flatMap { done[$0.daysSinceEpoch + index] } ?? 0
        return count == 0 ? "<td></td>" : "<td class=\"done\">\(count)</td>"
      }
      return
        "<tr><th scope=\"row\"><abbr title=\"\(weekday.name)\">\(weekday.name.prefix(2))</abbr></th>\(cells.joined())</tr>"
    }
    let title = Escaped.html(ritual.title)
    return """
      <div class="scroll" role="region" aria-label="\(title), by day" tabindex="0">
      <table class="days">
      <caption><strong>\(title)</strong> \(Wording.count(total, "time", "times"))</caption>
      <thead><tr><td></td>\(columns.joined())</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      </div>
      """
  }

  private var moments: String {
    section(
      "moments", "Warm and hard moments",
      "<p>\(Escaped.html(report.balance))</p>\n<p class=\"note\">\(Escaped.html(Report.fiveToOne))</p>")
  }

  private var appreciations: String {
    let notes = report.summary.appreciations
    guard !notes.isEmpty else { return "" }
    let items = notes.map { note in
      let words = Escaped.lines(note.text).filter { !$0.isEmpty }.map(Escaped.html).joined(separator: "<br>")
      return "<li>\(time(String(note.at.at.prefix(10)))) <q>\(words)</q></li>"
    }
    return section(
      "appreciations", "What you appreciated last", "<ul>\n\(items.joined(separator: "\n"))\n</ul>")
  }
}
