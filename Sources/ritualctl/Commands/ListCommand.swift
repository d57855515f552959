import ArgumentParser
import Control

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "All rituals, and when each comes next.")

  @OptionGroup var options: GlobalOptions

  /// What a line needs of a ritual: decoding is most of what this command takes.
  private struct Line: Decodable {
    let id: String
    let title: String
    let schedule: [String]
    let enabled: Bool
    let next: Moment?
  }

  private struct Lines: Decodable {
    let rituals: [Line]
  }

  func run() throws {
    if options.json {
      let rituals = try options.daemon.call("List", as: ListReply.self).rituals
      return try options.print(rituals) { _ in "" }
    }
    let lines = try options.daemon.call("List", as: Lines.self).rituals
    options.print { style in
      guard !lines.isEmpty else { return "There is no ritual yet. Add one: ritualctl add TITLE --at WHEN" }
      let now = SystemClock.now
      var table = Table()
      for line in lines {
        let next = line.next.map { When($0, now: now).text } ?? (line.enabled ? "never again" : "disabled")
        table.add(
          .init(line.id, style: style.bold), .init(line.title, cut: true),
          .init(line.schedule.joined(separator: " | "), cut: true), .init(next, style: style.dim))
      }
      return table.text(within: style.columns)
    }
  }
}
