import ArgumentParser
import CivilTime
import Control
import Escaping
import Glibc
import SystemZones

struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "forget", abstract: "Erases what was written and what happened, for good.",
    discussion: """
      Examples:
        ritualctl forget --note 12                       one note; 'ritualctl notes' has the numbers
        ritualctl forget --ritual date-night             a ritual's past
        ritualctl forget --since 2026-11-01 --before 2026-11-08
        ritualctl forget --everything

      What is open or paused stays, and so do the rituals. With --everything the
      versions of calendars that 'ritualctl merge' kept go too, and what 'edit'
      and 'begin' left off. It asks before it erases, or wants --yes.
      """)

  @Option(help: ArgumentHelp("A note, by its number; may be given several times.", valueName: "number"))
  var note: [Int] = []

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
    let accepted = "--note; or --ritual, --since, --before; or --everything"
    let span = [("--ritual", ritual), ("--since", since), ("--before", before)].filter { $0.1 != nil }
    let said = [note.isEmpty ? nil : "--note", span.first?.0, everything ? "--everything" : nil]
      .compactMap(\.self)
    guard !said.isEmpty else { throw ValidationError("Say what: \(accepted).") }
    guard said.count == 1 else {
      throw ValidationError("\(said.joined(separator: " and ")) exclude each other; accepted: \(accepted).")
    }
    if let since, let before, Self.isEmpty(since, before) {
      throw ValidationError(
        "--since \(TerminalText.exact(since)) is not before --before \(TerminalText.exact(before)): nothing is between them."
      )
    }
  }

  /// True if nothing lies between two times. Only their order matters, so any zone will do where neither or
  /// both have an offset. The daemon judges words that are no times.
  private static func isEmpty(_ since: String, _ before: String) -> Bool {
    let zone = (try? SystemZones().local()) ?? .utc
    guard let since = Instant(parsing: since, in: zone), let before = Instant(parsing: before, in: zone)
    else {
      return false
    }
    return since >= before
  }

  func run() throws {
    var request = ForgetRequest(
      notes: note, ritual: ritual, since: since, before: before, everything: everything, preview: true)
    try lookForNotes()
    if !yes {
      guard Confirmation.isPossible else {
        throw Failure("this cannot be undone; say --yes where nobody can be asked", status: EX_USAGE)
      }
      let reply = try options.daemon.call("Forget", request, as: ForgetReply.self)
      let found = try reply.value
      guard !Self.isNothing(found) else { return try print(reply) }
      for file in found.files { Terminal.write("\(TerminalText.line(file))\n", to: STDERR_FILENO) }
      guard Confirmation.isGiven("This erases \(Self.size(found))\(Self.span(found)) for good. Go on?") else {
        throw Failure("nothing was erased")
      }
      // A word such as `today` means what was asked about, also after midnight.
      (request.since, request.before) = (found.since?.at, found.before?.at)
    }
    request.preview = false
    try print(try options.daemon.call("Forget", request, as: ForgetReply.self))
  }

  /// The time that a request is about, as the daemon understood it.
  private static func span(_ reply: ForgetReply) -> String {
    let now = SystemClock.now
    let since = reply.since.map { " from \(When($0, now: now).absolute) on" } ?? ""
    return since + (reply.before.map { " before \(When($0, now: now).absolute)" } ?? "")
  }

  /// - Throws: `Failure` where a number is no note's, which is a slip: nothing is erased then.
  private func lookForNotes() throws {
    let missing = try note.filter { number in
      let request = ForgetRequest(notes: [number], everything: false, preview: true)
      return Self.isNothing(try options.daemon.call("Forget", request, as: ForgetReply.self).value)
    }
    guard !missing.isEmpty else { return }
    let numbers = missing.map(String.init).joined(separator: ", ")
    throw Failure(
      "there is no note \(numbers); ritualctl notes has the numbers")
  }

  private func print(_ reply: DaemonReply<ForgetReply>) throws {
    try options.print(reply) { reply, style in
      var lines = [Self.isNothing(reply) ? "There is nothing to erase" : "Erased: \(Self.size(reply))"]
      lines += reply.files.map { "  \(TerminalText.line($0))" }
      if !reply.setAside.isEmpty {
        lines.append(
          style.warning("Damaged journals were set aside once and may hold more. They are yours to delete:"))
        // SQLite keeps files beside a journal, which the pattern includes.
        lines += reply.setAside.map { "  rm \(Escaped.shellWord($0))*" }
      }
      return lines.joined(separator: "\n")
    }
  }

  private static func isNothing(_ reply: ForgetReply) -> Bool {
    reply.notes == 0 && reply.occurrences == 0 && reply.files.isEmpty
  }

  private static func size(_ reply: ForgetReply) -> String {
    Wording.count(reply.notes, "note", "notes")
      + (reply.files.isEmpty ? " and " : ", ")
      + "the past of " + Wording.count(reply.occurrences, "reminder", "reminders")
      + (reply.files.isEmpty ? "" : " and " + Wording.count(reply.files.count, "kept file", "kept files"))
  }
}
