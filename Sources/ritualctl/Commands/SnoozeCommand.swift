import ArgumentParser
import Control
import Rituals

struct SnoozeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snooze", abstract: "Puts a reminder off: for a while, or until a time.",
    discussion: """
      ritualctl snooze                        the one that waits, for its first snooze length
      ritualctl snooze 20m                    … for 20 minutes
      ritualctl snooze goodbye-kiss 22:30     that one, until half past ten
      """)

  @Argument(
    help: "The ritual, where it is not the one that waits; and a time span (10m), a time (22:30) or a date.",
    completion: .waiting)
  var words: [String] = []

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard words.count <= 2 else {
      throw ValidationError("snooze takes a ritual and a time, each of which may be left out.")
    }
  }

  func run() throws {
    // One word is a time where it begins like one; ids do not have to be quoted for that.
    let isTime = words.count == 1 && words[0].first?.isNumber == true
    let request = SnoozeRequest(
      ritual: isTime ? nil : words.first, until: isTime ? words[0] : words.dropFirst().first)
    let reply = try options.daemon.call("Snooze", request, as: SnoozeReply.self)
    try options.print(reply) { _ in
      "\(Plain.text(reply.title)): snoozed, comes back \(When(reply.until, now: SystemClock.now).text)"
    }
  }
}
