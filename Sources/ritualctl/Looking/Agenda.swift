import CivilTime
import Control

/// Days for people: what happened, what waits, and what is still to come, a line each.
struct Agenda {
  private let now: Instant
  private let style: Style

  init(now: Instant, _ style: Style) {
    self.now = now
    self.style = style
  }

  /// One day, without a heading. Empty where nothing is on it.
  func text(_ day: Day) -> String {
    var table = Table()
    add(day, to: &table)
    return table.text(within: style.columns)
  }

  /// Several days, each below its heading; their columns stand below each other.
  func text(_ days: [Day]) -> String {
    let texts = days.map { day in
      var table = Table()
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

  private func add(_ day: Day, to table: inout Table) {
    for entry in day.entries where Wording.mayBeEnd(entry) {
      let words = Wording.text(entry, now: now)
      let end =
        entry.what == "done" ? Table.Cell(words, style: style.good) : Table.Cell(words, style: style.dim)
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

  /// The clock, and the day where it is another one.
  private func time(_ moment: Moment, on day: Day) -> String {
    let when = When(moment, now: now)
    return moment.at.hasPrefix(day.date) ? when.clock : when.absolute
  }
}
