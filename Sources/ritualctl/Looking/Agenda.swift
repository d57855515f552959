import CivilTime
import Control

/// Days as text for people: a line for each entry, open reminder and coming occurrence.
struct Agenda {
  private let now: Instant
  private let style: Style

  init(now: Instant, _ style: Style) {
    self.now = now
    self.style = style
  }

  /// The text of one day, without a heading; empty for an empty day.
  func text(_ day: Day) -> String {
    var table = TextTable()
    add(day, to: &table)
    return table.text(within: style.columns)
  }

  /// The text of several days, each below its heading.
  func text(_ days: [Day]) -> String {
    let texts = days.map { day in
      var table = TextTable()
      add(day, to: &table)
      return table
    }
    return zip(days, texts).enumerated().map { index, item in
      let (day, table) = item
      let date = When.day(day.date, in: String(days[0].date.prefix(4)))
      let name = index == 0 ? "Today · \(date)" : index == 1 ? "Tomorrow · \(date)" : date
      let lines = table.text(within: style.columns)
      return lines.isEmpty ? style.dim("\(name) · nothing") + "\n" : style.bold(name) + "\n" + lines
    }.joined()
  }

  private func add(_ day: Day, to table: inout TextTable) {
    for entry in day.entries where Wording.mayBeEnd(entry) {
      let words = Wording.text(entry, now: now)
      let end =
        entry.what == .done
        ? TextTable.Cell(words, style: style.good) : TextTable.Cell(words, style: style.dim)
      table.add(.init("  " + time(entry.scheduled, on: day)), .init(entry.title, cut: true), end)
    }
    for reminder in day.reminders {
      table.add(
        .init("  " + time(reminder.scheduled, on: day)), .init(reminder.title, cut: true),
        .init(Wording.text(reminder, now: now), style: style.warning))
    }
    for item in day.coming {
      let when = When(item.scheduled, now: now)
      let relative = when.seconds < 86_400 ? when.relative : ""
      let holds = item.holds.map(Wording.hold) ?? ""
      table.add(
        .init("  " + when.clock), .init(item.title, cut: true),
        .init([relative, holds].filter { !$0.isEmpty }.joined(separator: " · "), style: style.dim))
    }
  }

  /// The time of day, with the date where it is not that of `day`.
  private func time(_ moment: Moment, on day: Day) -> String {
    let when = When(moment, now: now)
    return moment.at.hasPrefix(day.date) ? when.clock : when.absolute
  }
}
