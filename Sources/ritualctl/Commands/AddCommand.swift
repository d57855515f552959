import ArgumentParser
import Control

struct AddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Adds a ritual.",
    discussion: """
      ritualctl add "Goodbye kiss" --at "Mon..Fri 08:05" --message "Six seconds, before the door."

      It becomes a file of its own in the configuration's folder ritual.d.
      """)

  @Argument(help: "What the reminder says.")
  var title: String

  @Option(
    help: ArgumentHelp("When, as in systemd timers; may be given several times.", valueName: "schedule"))
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
    let request = AddRequest(
      title: title, schedule: at, id: id, message: message, timezone: timezone, urgency: urgency)
    let reply = try options.daemon.call("Add", request, as: AddReply.self)
    try options.print(reply) { style in
      let next = reply.next.map { "comes \(When($0, now: SystemClock.now).text)" } ?? "never comes"
      return "\(style.bold(reply.id)) \(next)\n\(style.dim(reply.file))"
    }
  }
}
