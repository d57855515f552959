import ArgumentParser
import Control

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "All rituals, and when each comes next.")

  @OptionGroup var options: GlobalOptions

  func run() throws { try Self.answer(options.invocation) }

  static func answer(_ invocation: Invocation) throws {
    if invocation.json {
      let rituals = try invocation.daemon.call("List", as: ListReply.self).rituals
      return try invocation.print(rituals) { _ in "" }
    }
    let lines = try invocation.daemon.call("List", reading: ListLine.all)
    invocation.print { style in
      guard !lines.isEmpty else { return "There is no ritual yet. Add one: ritualctl add TITLE --at WHEN" }
      let now = SystemClock.now
      var table = Table()
      for line in lines {
        let never = !line.isEnabled ? "disabled" : line.schedule.isEmpty ? "on demand" : "never again"
        let paused = line.state == "paused" ? ", paused" : ""
        let next = (line.next.map { When($0, now: now).text } ?? never) + paused
        table.add(
          .init(line.id, style: style.bold), .init(line.title, cut: true),
          .init(line.schedule.joined(separator: " | "), cut: true), .init(next, style: style.dim))
      }
      return table.text(within: style.columns)
    }
  }
}
