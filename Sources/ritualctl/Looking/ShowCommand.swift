import ArgumentParser
import CivilTime
import Control
import SystemZones

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "show", abstract: "Everything about a ritual.")

  @Argument(help: "The ritual.", completion: .rituals)
  var id: String

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let shown = try options.daemon.call("Show", ShowRequest(ritual: id), as: ShowReply.self)
    try options.print(shown, text: text)
  }

  private func text(_ shown: ShowReply, _ style: Style) -> String {
    let now = SystemClock.now
    let ritual = shown.ritual
    var table = TextTable()
    table.add(.init(ritual.id, style: style.bold), .init(ritual.title, style: style.bold))
    if let message = ritual.message { table.add(.init("Says"), .init(message)) }
    if let deck = ritual.deck { table.add(.init("Deck"), .init(deck)) }
    if let guide = ritual.guide { table.add(.init("Guide"), .init("\(guide); ritualctl begin \(guide)")) }
    table.add(.init("When"), .init(shown.words.isEmpty ? "on demand, at no time of its own" : shown.words))
    for text in ritual.schedule { table.add(.init(""), .init(text, style: style.dim)) }
    if ritual.timezone != "local" { table.add(.init("Clock"), .init(ritual.timezone)) }
    if !ritual.schedule.isEmpty { add(shown.coming, of: shown.why, to: &table, now, style) }
    add(shown.why, to: &table, now, style)
    for (name, words) in Self.keys(ritual) { table.add(.init(name), .init(words)) }
    if let file = ritual.file { table.add(.init("File"), .init(file, style: style.dim)) }
    return table.text
  }

  private func add(
    _ coming: [Coming], of why: Explanation, to table: inout TextTable, _ now: Instant, _ style: Style
  ) {
    guard let first = coming.first else {
      return table.add(.init("Next"), .init(why.enabled ? "never again" : "never, it is disabled"))
    }
    table.add(.init("Next"), .init(When(first.scheduled, now: now).text))
    let rest = coming.dropFirst().map { When($0.scheduled, now: now).absolute }
    if !rest.isEmpty { table.add(.init(""), .init("then " + rest.joined(separator: ", "), style: style.dim)) }
  }

  private func add(_ why: Explanation, to table: inout TextTable, _ now: Instant, _ style: Style) {
    if let holds = why.holds {
      let until = why.holdsUntil.map { ", until \(When($0, now: now).absolute)" } ?? ""
      table.add(.init("Kept back"), .init(Wording.hold(holds) + until, style: style.warning))
    }
    if let reminder = why.reminder {
      table.add(.init("Now"), .init(Wording.text(reminder, now: now), style: style.warning))
    }
    guard let last = why.last.last else { return table.add(.init("Last"), .init("it has not come yet")) }
    let scheduled = When(last.scheduled, now: now).absolute
    table.add(.init("Last"), .init("\(scheduled): \(Wording.text(last, now: now))"))
  }

  /// The name and the words of each key that says how the ritual behaves.
  private static func keys(_ ritual: Control.Ritual) -> [(String, String)] {
    let late =
      switch ritual.missed {
      case "never": "not shown any more"
      case "always": "shown however late"
      default: "shown up to \(ritual.missed) late"
      }
    var keys = [("Missed", late), ("Snooze", ritual.snooze.joined(separator: ", "))]
    if let lead = ritual.lead { keys.append(("Lead", "an announcement \(lead) before")) }
    if ritual.nudge.times > 0 {
      let times = Wording.count(ritual.nudge.times, "time", "times")
      keys.append(("Nudge", "\(times) more, every \(ritual.nudge.every), while unanswered"))
    }
    keys.append(
      ("Quiet", ritual.quiet == .ignore ? "let through at quiet times" : "kept back at quiet times"))
    if ritual.private { keys.append(("Private", "its words are never shown on a locked screen")) }
    keys.append(("Urgency", ritual.urgency.rawValue))
    if let reply = ritual.reply { keys.append(("Reply", "what you type is kept as: \(reply)")) }
    if let takes = ritual.takes { keys.append(("Takes", takes)) }
    return keys
  }
}
