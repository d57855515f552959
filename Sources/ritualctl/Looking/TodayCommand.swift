import ArgumentParser
import Control
import SystemZones

struct TodayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "today", abstract: "Today: what happened, what is waiting, what is still to come.")

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let today = try options.daemon.call("Today", as: TodayReply.self)
    try options.print(today) { today, style in
      let text = Agenda(now: SystemClock.now, style).text(
        Day(date: today.date, entries: today.entries, reminders: today.reminders, coming: today.coming))
      guard text.isEmpty else {
        return style.bold(When.day(today.date, in: String(today.date.prefix(4)))) + "\n" + text
      }
      return "Nothing today."
    }
  }
}
