import ArgumentParser
import CivilTime
import Control
import Glibc
import Settings
import SystemZones

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "status", abstract: "How the daemon is doing: what is next, what is waiting, what is wrong.")

  @OptionGroup var options: GlobalOptions

  func run() throws {
    var state = try options.daemon.call("Status", member: "state", as: State.self).value
    // In the daemon's sandbox, root and a stranger are the same user (user_namespaces(7)), so ritualctl looks
    // itself.
    state.problems += Settings.accessProblems(folder: state.configuration).map { Control.Problem($0) }
    try options.print(state) { style in text(state, style) }
    if let version = OtherVersion(state.version) {
      Terminal.tell("ritualctl: \(version.advice)\n", to: STDERR_FILENO)
    }
  }

  private func text(_ state: State, _ style: Style) -> String {
    let now = SystemClock.now
    var table = TextTable()
    table.add(
      .init("rituald", style: style.bold), .init("\(state.version), process \(state.pid), \(state.timezone)"))
    if let failure = state.renewalFailure { table.add(.init(""), .init(failure, style: style.warning)) }
    if let failure = state.timezoneFailure { table.add(.init(""), .init(failure, style: style.warning)) }
    table.add(.init("Since"), .init(When(state.since, now: now).text))
    table.add(.init("Rituals"), .init("\(state.rituals), in \(state.configuration)"))
    if let failure = state.watchFailure { table.add(.init(""), .init(failure, style: style.warning)) }
    let next = state.next.map { "\($0.title), \(When($0.scheduled, now: now).text)" }
    table.add(.init("Next"), .init(next ?? "nothing"))
    for reminder in state.reminders {
      table.add(.init("Waits"), .init("\(reminder.title): \(Wording.text(reminder, now: now))"))
    }
    for order in state.orders where order.what == .timeout {
      table.add(.init("Timeout"), .init(timeout(order, now)))
    }
    for order in state.orders where order.what != .timeout {
      let about = Wording.text(order) + (order.ritual.map { ": \($0)" } ?? "")
      let until = order.until.map { ", until \(When($0, now: now).absolute)" } ?? ""
      table.add(.init("Ordered"), .init(about + until))
    }
    for ritual in state.away {
      let end = When(ritual.until, now: now).absolute
      table.add(
        .init("Away"),
        .init("\(ritual.title) (\(ritual.ritual)) is in no file; it ends \(end)", style: style.warning))
    }
    for circumstance in state.session where circumstance.state == .yes {
      let reason = circumstance.reason.map { ": \($0)" } ?? ""
      table.add(.init("Now"), .init(Wording.hold(circumstance.name) + reason))
    }
    let unknown = state.session.filter { $0.state == .unknown }
    for circumstance in unknown {
      table.add(.init("Unknown"), .init("\(circumstance.name): \(circumstance.reason ?? "")"))
    }
    let server = state.server.map { server in
      "by \(server.name) \(server.version)" + (server.remark.map { ", \($0)" } ?? "")
    }
    let absence = TextTable.Cell(state.serverFailure ?? "nobody", style: style.warning)
    table.add(.init("Shown"), server.map { .init($0) } ?? absence)
    table.add(.init("Journal"), .init(state.journal))
    if let displaced = state.journalDisplaced { table.add(.init(""), .init(displaced, style: style.warning)) }
    if let failure = state.journalFailure {
      table.add(.init(""), .init("\(failure); \(state.waiting) waiting", style: style.warning))
    }
    guard !state.problems.isEmpty else { return table.text }
    let count = Wording.count(state.problems.count, "problem", "problems")
    return table.text + style.warning("\(count) in the configuration:") + "\n"
      + state.problems.map { TerminalText.lines($0.text) + "\n" }.joined()
  }

  private func timeout(_ order: Control.Order, _ now: Instant) -> String {
    guard let until = order.until else { return "" }
    let isOver = until.instant <= now
    return isOver
      ? "over since \(When(until, now: now).absolute); when you are both back: ritualctl timeout end"
      : "until \(When(until, now: now).absolute)"
  }
}
