import ArgumentParser
import CivilTime
import Control
import Glibc
import Schedules
import SystemZones

struct ScheduleNextCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "next", abstract: "When a schedule comes next.",
    discussion: """
      Examples:
        ritualctl schedule next "Mon..Fri 08:05" --count 3 --timezone Europe/Berlin
        ritualctl schedule next "last friday of the month 20:00" --from 2027-01-01
      """)

  @OptionGroup var schedule: ScheduleOptions

  @Option(help: "Lists what comes after this time: RFC 3339, or a local time; now by default.")
  var from: String?

  @Option(help: "How many, up to 10000.")
  var count = 5

  @OptionGroup var options: GlobalOptions

  /// The shape of the JSON that is printed.
  struct ScheduleTimes: Encodable {
    let expression: String
    let normalized: String
    let timezone: String
    let next: [Moment]
  }

  func validate() throws {
    guard (1...10_000).contains(count) else {
      throw ValidationError("--count takes a number from 1 to 10000.")
    }
  }

  func run() throws {
    let zones = SystemZones()
    let zone = try schedule.zone(zones)
    let text = try ScheduleText(
      schedule.expression, now: SystemClock.now, in: zone, zones: zones, isWritten: true)
    var instant = SystemClock.now
    if let from {
      guard let parsed = Instant(parsing: from, in: zone) else {
        throw Failure(
          "--from \(TerminalText.exact(from)): not understood; accepted: 2026-11-27T08:05:00+01:00, or a local time without an offset",
          status: EX_DATAERR)
      }
      instant = parsed
    }
    var next: [Moment] = []
    while next.count < count, let coming = text.schedule.next(after: instant, in: zone) {
      next.append(Moment(coming, in: zone))
      instant = coming
    }
    let answer = ScheduleTimes(
      expression: schedule.expression, normalized: text.schedule.normalized.joined(separator: "\n"),
      timezone: zone.name, next: next)
    try options.print(answer) { style in self.text(answer, style) }
  }

  private func text(_ answer: ScheduleTimes, _ style: Style) -> String {
    let now = SystemClock.now
    var table = TextTable()
    for moment in answer.next {
      table.add(.init(moment.at), .init(When(moment, now: now).relative, style: style.dim))
    }
    return style.dim(TerminalText.lines("\(answer.normalized) (\(answer.timezone))")) + "\n"
      + (answer.next.isEmpty ? "never again\n" : table.text)
  }
}
