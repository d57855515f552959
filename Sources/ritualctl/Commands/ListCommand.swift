import ArgumentParser
import Control
import Varlink

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "All rituals, and when each comes next.")

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let rituals = try options.daemon.call("List", NoParameters(), as: ListReply.self).rituals
    try options.print(rituals) { style in
      guard !rituals.isEmpty else { return "There is no ritual yet. Add one: ritualctl add TITLE --at WHEN" }
      let now = SystemClock.now
      var table = Table()
      for ritual in rituals {
        let next =
          ritual.next.map { When($0, now: now).text } ?? (ritual.enabled ? "never again" : "disabled")
        table.add(
          .init(ritual.id, style: style.bold), .init(ritual.title),
          .init(ritual.schedule.joined(separator: " | ")), .init(next, style: style.dim))
      }
      return table.text
    }
  }
}
