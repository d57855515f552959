import ArgumentParser

struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "schedule", abstract: "The schedule language, without a daemon.",
    discussion: """
      A schedule is one of these:
        Mon..Fri 08:05                     a calendar expression, as in systemd timers
        every other friday 19:30           plain words
        RRULE:FREQ=MONTHLY;BYDAY=-1FR …    a recurrence rule, or content lines, of RFC 5545
      """,
    subcommands: [ScheduleNextCommand.self, ScheduleExplainCommand.self])
}
