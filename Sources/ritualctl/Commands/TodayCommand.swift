import ArgumentParser
import Control

struct TodayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "today", abstract: "The present day: what happened, what waits, what is still to come.")

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let today = try options.daemon.call("Today", as: TodayReply.self)
    try options.print(today) { style in text(today, style) }
  }

  private func text(_ today: TodayReply, _ style: Style) -> String {
    let now = SystemClock.now
    let ends = ["done", "skipped", "missed", "expired"]
    let ended = today.entries.filter { ends.contains($0.what) }
    guard !(ended.isEmpty && today.reminders.isEmpty && today.coming.isEmpty) else { return "Nothing today." }
    var table = Table()
    for entry in ended {
      let words = Wording.text(entry, now: now)
      let cell =
        entry.what == "done" ? Table.Cell(words, style: style.good) : Table.Cell(words, style: style.dim)
      table.add(.init(When(entry.scheduled, now: now).absolute), .init(entry.title), cell)
    }
    for reminder in today.reminders {
      table.add(
        .init(When(reminder.scheduled, now: now).absolute), .init(reminder.title),
        .init(Wording.text(reminder, now: now), style: style.warning))
    }
    for item in today.coming {
      let when = When(item.scheduled, now: now)
      table.add(.init(when.absolute), .init(item.title), .init(when.relative, style: style.dim))
    }
    return table.text
  }
}
