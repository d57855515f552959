import ArgumentParser
import Control
import SystemZones

struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "why", abstract: "When a ritual comes next, and why it was or was not shown.")

  @OptionGroup var options: GlobalOptions
  @Argument(help: ArgumentHelp("The ritual.", valueName: "id"), completion: .rituals) var ritual: String

  func run() throws {
    let why = try options.daemon.call("Why", WhyRequest(ritual: ritual), member: "why", as: Explanation.self)
    try options.print(why, text: text)
  }

  private func text(_ why: Explanation, _ style: Style) -> String {
    let now = SystemClock.now
    var table = TextTable()
    table.add(.init(why.ritual, style: style.bold), .init(why.title))
    if why.holds == "away" {
      let end = why.holdsUntil.map { When($0, now: now).absolute } ?? "later"
      let text = "it is in no file; it goes on when it is back, and ends \(end)"
      table.add(.init("Away"), .init(text, style: style.warning))
    } else {
      let never = why.enabled ? "nothing to come" : "never, it is disabled"
      table.add(.init("Next"), .init(why.next.map { When($0, now: now).text } ?? never))
    }
    if let holds = why.holds, holds != "away" {
      let until = why.holdsUntil.map { ", until \(When($0, now: now).absolute)" } ?? ""
      table.add(.init("Kept back"), .init(Wording.hold(holds) + until, style: style.warning))
    }
    if let reminder = why.reminder {
      table.add(.init("Now"), .init(Wording.text(reminder, now: now)))
    }
    guard let last = why.last.first else {
      table.add(.init("Last"), .init("it has not come yet"))
      return table.text
    }
    table.add(.init("Last"), .init(When(last.scheduled, now: now).text))
    for entry in why.last {
      table.add(.init(""), .init("\(When(entry.at, now: now).absolute)  \(Wording.text(entry, now: now))"))
    }
    return table.text
  }
}
