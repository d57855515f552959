import ArgumentParser
import CivilTime
import Control
import Schedules
import SystemZones
import Varlink

struct TimeoutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "timeout", abstract: "A break in a conflict: everything is quiet, then both are asked back.",
    discussion: """
      Examples:
        ritualctl timeout          for 20 minutes
        ritualctl timeout 45m
        ritualctl timeout end      you are both back

      A body needs about 20 minutes to calm down, so it is never shorter. No
      ritual is shown meanwhile, and none counts as missed. Then you are asked
      whether you are ready, and offered a way to mend what happened.
      """)

  @Argument(help: ArgumentHelp("A time span of 20 minutes to a day, or 'end'.", valueName: "length"))
  var length: [String] = []

  @OptionGroup var options: GlobalOptions

  func run() throws {
    if length == ["end"] {
      let reply = try options.daemon.call("EndTimeout", as: NoParameters.self)
      return try options.print(reply) { _, _ in "Welcome back. When you are both calm: ritualctl begin repair"
      }
    }
    let text = length.isEmpty ? nil : length.joined(separator: " ")
    let reply = try options.daemon.call("Timeout", TimeoutRequest(length: text), as: TimeoutReply.self)
    try options.print(reply) { reply, style in
      var lines = ["A break until \(style.bold(When(reply.until, now: SystemClock.now).absolute))."]
      if let text, isShort(text) { lines[0] += " Less than 20 minutes does not calm a body down." }
      if let soothing = reply.soothing { lines += ["", TerminalText.line(soothing)] }
      return lines.joined(separator: "\n")
    }
  }

  private func isShort(_ text: String) -> Bool {
    guard let span = try? TimeSpan(parsing: text) else { return false }
    return span.microseconds < 20 * 60_000_000
  }
}
