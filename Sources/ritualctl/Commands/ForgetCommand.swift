import ArgumentParser
import Control
import Glibc

struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Erases what was written and what happened, for good.",
    discussion: """
      Examples:
        ritualctl forget --note 12                       one note; 'ritualctl notes' has the numbers
        ritualctl forget --ritual date-night             a ritual's past
        ritualctl forget --since 2026-11-01 --before 2026-11-08
        ritualctl forget --everything

      What is open or paused stays, and so do the rituals. It asks before it
      erases, or wants --yes.
      """)

  @Option(help: ArgumentHelp("A note, by its number; may be given several times.", valueName: "number"))
  var note: [Int64] = []

  @Option(
    help: ArgumentHelp("What happened to a ritual and was written for it.", valueName: "id"),
    completion: .rituals)
  var ritual: String?

  @Option(help: ArgumentHelp("From this date or time on.", valueName: "time"))
  var since: String?

  @Option(help: ArgumentHelp("Before this date or time.", valueName: "time"))
  var before: String?

  @Flag(help: "All of it.")
  var everything = false

  @Flag(help: "Do not ask.")
  var yes = false

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    let isSpan = ritual != nil || since != nil || before != nil
    guard [!note.isEmpty, isSpan, everything].count(where: { $0 }) == 1 else {
      throw ValidationError("Say what: --note; or --ritual, --since, --before; or --everything.")
    }
  }

  func run() throws {
    var request = ForgetRequest(
      notes: note, ritual: ritual, since: since, before: before, everything: everything, preview: true)
    if !yes {
      guard Words.canAsk else {
        throw Failure.exit("this cannot be undone; say --yes where nobody can be asked", status: EX_USAGE)
      }
      let found = try options.daemon.call("Forget", request, as: ForgetReply.self)
      guard Words.confirmed("This erases \(Self.size(found)) for good. Go on?") else {
        throw Failure.exit("nothing was erased", status: Failure.refused)
      }
    }
    request.preview = false
    let reply = try options.daemon.call("Forget", request, as: ForgetReply.self)
    try options.print(reply) { style in
      var lines = ["Erased: \(Self.size(reply))"]
      if !reply.setAside.isEmpty {
        lines.append(
          style.warning("Damaged journals were set aside once and may hold more. They are yours to delete:"))
        // With what SQLite keeps beside them.
        lines += reply.setAside.map { "  rm '\(Plain.text($0))'*" }
      }
      return lines.joined(separator: "\n")
    }
  }

  private static func size(_ reply: ForgetReply) -> String {
    Wording.count(reply.notes, "note", "notes") + " and the past of "
      + Wording.count(reply.occurrences, "reminder", "reminders")
  }
}
