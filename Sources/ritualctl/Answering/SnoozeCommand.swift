import ArgumentParser
import CivilTime
import Control
import Phrases
import SystemZones
import Varlink

struct SnoozeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "snooze", abstract: "Puts a reminder off: for a while, or until a time.",
    discussion: """
      ritualctl snooze                        the one that waits, for its first snooze length
      ritualctl snooze 20m                    … for 20 minutes
      ritualctl snooze tomorrow morning       … until then, at 08:00
      ritualctl snooze monday                 … until the ritual's usual time on that day
      ritualctl snooze goodbye-kiss 22:30     that one, until half past ten
      """)

  @Argument(
    help: "The ritual, where it is not the one that waits; and a time span (10m), a time (22:30) or words.")
  var words: [String] = []

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    let mayBeTime = [words[...], words.dropFirst()].contains {
      PlainWords.areWords($0.joined(separator: " "))
    }
    guard words.count <= 2 || mayBeTime || startsWithNumber else {
      throw ValidationError("snooze takes a ritual and a time, each of which may be left out.")
    }
  }

  func run() throws {
    // A length such as 10m could be an id as well. Behind a ritual there may be a time.
    let mayBeTime = Self.isTime(words[...])
    let isTime =
      startsWithNumber
      ? mayBeTime || words.count > 1 && !Self.isTime(words.dropFirst())
      : words.count > 1 && mayBeTime && !Self.isTime(words.dropFirst())
    let time = (isTime ? words[...] : words.dropFirst()).joined(separator: " ")
    let request = SnoozeRequest(
      ritual: isTime ? nil : words.first, until: time.isEmpty ? nil : time)
    let reply = try snooze(request)
    try options.print(reply) { reply, _ in
      "\(TerminalText.line(reply.title)): snoozed, \(Self.end(reply))"
    }
  }

  /// Asks the daemon. The first word is a ritual where there is one of that name, else all may be a time.
  private func snooze(_ request: SnoozeRequest) throws -> DaemonReply<SnoozeReply> {
    do {
      return try options.daemon.call("Snooze", request, as: SnoozeReply.self)
    } catch let error as RemoteError where error.name == NoSuchRitual.name {
      // The daemon says what is missing in a time such as `20` or `tomorrow at eight`.
      guard startsWithNumber || PlainWords.areWords(words.joined(separator: " ")) else { throw error }
      let time = SnoozeRequest(ritual: nil, until: words.joined(separator: " "))
      return try options.daemon.call("Snooze", time, as: SnoozeReply.self)
    }
  }

  private var startsWithNumber: Bool { words.first?.first?.isNumber ?? false }

  /// Words for the end of the snooze.
  private static func end(_ reply: SnoozeReply) -> String {
    let now = SystemClock.now
    if let next = reply.next {
      return "but its own time comes first: it is back \(When(next, now: now).text)"
    }
    guard let holds = reply.holds else { return "comes back \(When(reply.until, now: now).text)" }
    let until = reply.holdsUntil.map { " until \(When($0, now: now).absolute)" } ?? ""
    let reason = holds == "timeout" ? "a timeout holds it\(until)" : "it is paused\(until)"
    return "due \(When(reply.until, now: now).text), when \(reason)"
  }

  /// True if words are a time, such as `tomorrow 9:00`. The zone makes no difference to that.
  private static func isTime(_ words: ArraySlice<String>) -> Bool {
    let text = words.joined(separator: " ")
    if Instant(parsing: text, in: .utc) != nil { return true }
    return (try? PlainWords.moment(from: text, now: SystemClock.now, in: .utc)) != nil
  }
}
