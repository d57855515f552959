import ArgumentParser
import Control
import SystemZones

struct PauseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "pause", abstract: "Shows nothing for a while, and counts nothing as missed.",
    discussion: """
      Examples:
        ritualctl pause                            until 'ritualctl resume'
        ritualctl pause --until 2h                 for two hours
        ritualctl pause --until 2026-12-27         until that day begins
        ritualctl pause --until "monday 8:00"      until then
        ritualctl pause date-night --until 22:30   one ritual alone
      """)

  @OptionGroup var options: GlobalOptions
  @Argument(
    help: ArgumentHelp("The rituals; without any, all of them.", valueName: "id"), completion: .rituals)
  var rituals: [String] = []
  @Option(help: ArgumentHelp("A time span, a time of day, a date, or a date with time.", valueName: "time"))
  var until: String?

  func run() throws {
    let request = PauseRequest(rituals: rituals, until: until)
    let reply = try options.daemon.call("Pause", request, as: PauseReply.self)
    try options.print(reply) { reply, _ in
      let who = rituals.isEmpty ? "Everything" : rituals.map(TerminalText.line).joined(separator: ", ")
      let end = reply.until.map { "until \(When($0, now: SystemClock.now).absolute)" }
      return "\(who): paused \(end ?? "until 'ritualctl resume'")"
    }
  }
}
