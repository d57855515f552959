import ArgumentParser
import CivilTime
import Control
import Schedules

struct SnoozeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snooze", abstract: "Puts a reminder off: for a while, or until a time.",
    discussion: """
      ritualctl snooze                        the one that waits, for its first snooze length
      ritualctl snooze 20m                    … for 20 minutes
      ritualctl snooze tomorrow 9:00          … until then
      ritualctl snooze goodbye-kiss 22:30     that one, until half past ten
      """)

  @Argument(
    help: "The ritual, where it is not the one that waits; and a time span (10m), a time (22:30) or words.")
  var words: [String] = []

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard words.count <= 2 || Self.isTime(words[...]) || Self.isTime(words.dropFirst()) else {
      throw ValidationError("snooze takes a ritual and a time, each of which may be left out.")
    }
  }

  func run() throws {
    // What begins like a time is one; ids do not have to be quoted for that.
    let isTime = words.first?.first?.isNumber == true || words.count > 1 && Self.isTime(words[...])
    let time = (isTime ? words[...] : words.dropFirst()).joined(separator: " ")
    let request = SnoozeRequest(
      ritual: isTime ? nil : words.first, until: isTime || words.count > 1 ? time : nil)
    let reply = try options.daemon.call("Snooze", request, as: SnoozeReply.self)
    try options.print(reply) { _ in
      "\(Plain.text(reply.title)): snoozed, comes back \(When(reply.until, now: SystemClock.now).text)"
    }
  }

  /// Whether words are a time, such as `tomorrow 9:00`; where it is, makes no difference to that.
  private static func isTime(_ words: ArraySlice<String>) -> Bool {
    let text = words.joined(separator: " ")
    if Instant(parsing: text, in: .utc) != nil || (try? TimeSpan(parsing: text)) != nil { return true }
    return (try? PlainWords.schedules(from: text, now: SystemClock.now, in: .utc)) != nil
  }
}
