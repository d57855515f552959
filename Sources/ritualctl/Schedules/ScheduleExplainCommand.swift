import ArgumentParser
import CivilTime
import Control
import Phrases
import Schedules
import SystemZones

struct ScheduleExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "explain", abstract: "What a schedule means, in words.",
    discussion: """
      Examples:
        ritualctl schedule explain "Mon..Fri 08:05"
        ritualctl schedule explain "every other friday 19:30"
      """)

  @OptionGroup var schedule: ScheduleOptions
  @OptionGroup var options: GlobalOptions

  /// The shape of the JSON that is printed.
  struct ScheduleExplanation: Encodable {
    let expression: String
    let normalized: String
    let timezone: String
    let explanation: String
    let next: Moment?
  }

  func run() throws {
    let zones = SystemZones()
    let zone = try schedule.zone(zones)
    let now = SystemClock.now
    let text = try ScheduleText(
      schedule.expression, now: now, in: zone, zones: zones, isWritten: true)
    let answer = ScheduleExplanation(
      expression: schedule.expression, normalized: text.schedule.normalized.joined(separator: "\n"),
      timezone: zone.name, explanation: text.schedule.explanation,
      next: text.schedule.next(after: now, in: zone).map { Moment($0, in: zone) })
    try options.print(answer) { style in
      let next = answer.next.map { "next " + When($0, now: now).absolute } ?? "never again"
      let said = "\(answer.explanation), \(next)"
      // The normal form is what `add` stores.
      guard answer.normalized != answer.expression else { return said }
      return said + "\n" + style.dim(TerminalText.lines(answer.normalized))
    }
  }
}
