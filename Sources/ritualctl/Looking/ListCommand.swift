import ArgumentParser
import Control
import SystemZones

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "list", abstract: "All rituals, and when each comes next.")

  @OptionGroup var options: GlobalOptions

  /// The part of a ritual that people see here. Of a list of a thousand, the rest would take longer than all
  /// else.
  private struct ListedRitual: Decodable {
    let id: String
    let title: String
    let schedule: [String]
    let enabled: Bool
    let next: Moment?
    let state: String
  }

  func run() throws {
    let rituals = try options.daemon.call("List", member: "rituals", as: [ListedRitual].self)
    try options.print(rituals) { rituals, style in
      guard !rituals.isEmpty else {
        return
          "There are no rituals yet. Choose some with ritualctl init, or add one: ritualctl add TITLE --at WHEN"
      }
      let now = SystemClock.now
      var table = TextTable()
      for ritual in rituals {
        let never = !ritual.enabled ? "disabled" : ritual.schedule.isEmpty ? "on demand" : "never again"
        let paused = ritual.state == "paused" ? ", paused" : ""
        let next = (ritual.next.map { When($0, now: now).text } ?? never) + paused
        table.add(
          .init(ritual.id, style: style.bold), .init(ritual.title, cut: true),
          .init(ritual.schedule.joined(separator: " | "), cut: true), .init(next, style: style.dim))
      }
      return table.text(within: style.columns)
    }
  }
}
