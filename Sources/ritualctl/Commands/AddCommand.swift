import ArgumentParser
import CivilTime
import Control
import Glibc
import SystemZones

struct AddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Adds a ritual.",
    discussion: """
      Examples:
        ritualctl add "Goodbye kiss" --at "Mon..Fri 08:05" --message "Six seconds, before the door."
        ritualctl add "Date night" --at "every other friday 19:30"
        ritualctl add "Call the sitter" --at "tomorrow 18:00"

      A time is in plain words, a calendar expression as in systemd timers, or a rule of RFC 5545; 'ritualctl schedule
      explain' says what it means.

      It becomes a file of its own in the configuration's folder ritual.d.
      """)

  @Argument(help: "What the reminder says.")
  var title: String

  @Option(
    help: ArgumentHelp("When; may be given several times.", valueName: "schedule"))
  var at: [String]

  @Option(help: "A second line for the reminder.")
  var message: String?

  @Option(help: "Its id; made from the title where it is not given.")
  var id: String?

  @Option(help: "A zone such as Europe/Berlin; without it, the machine's wherever it is.")
  var timezone: String?

  @Option(help: "low, normal or critical.")
  var urgency: String?

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let zones = SystemZones()
    let schedule = try at.map { words in
      try ScheduleText(words, now: SystemClock.now, in: try zone(zones), zones: zones).text
    }
    let request = AddRequest(
      title: title, schedule: schedule, id: id, message: message, timezone: timezone, urgency: urgency)
    let reply = try options.daemon.call("Add", request, as: AddReply.self)
    try options.print(reply) { style in
      let next = reply.next.map { "comes \(When($0, now: SystemClock.now).text)" } ?? "never comes"
      return "\(style.bold(reply.id)) \(next)\n\(style.dim(reply.file))"
    }
  }

  /// Where "tomorrow" is: the ritual's own clock.
  private func zone(_ zones: SystemZones) throws -> Zone {
    do throws(ZoneError) {
      if let timezone, timezone != "local" { return try zones.zone(named: timezone) }
      return try zones.local()
    } catch {
      throw Failure.exit("\(error); accepted: local, or a name such as Europe/Berlin", status: EX_DATAERR)
    }
  }
}
