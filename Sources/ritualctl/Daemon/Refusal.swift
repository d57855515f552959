import Control
import Glibc
import Schedules
import SystemZones
import Varlink

/// Words for the daemon's errors.
enum Refusal {
  static func text(of error: RemoteError) -> String {
    if let error = error.decoded(as: NoSuchRitual.self) {
      let hint = error.didYouMean.map { "; did you mean \($0)?" } ?? "; ritualctl list shows all"
      return "there is no ritual \(TerminalText.exact(error.ritual))\(hint)"
    }
    if let error = error.decoded(as: NoSuchPreset.self) {
      let hint = error.didYouMean.map { "; did you mean \($0)?" } ?? ""
      return "there is no preset \(TerminalText.exact(error.preset)); accepted: "
        + error.accepted.joined(separator: ", ") + ", or one ritual of them" + hint
    }
    if let error = error.decoded(as: NoSuchDeck.self) {
      return unknown("deck", error.deck, error.didYouMean, "deck list")
    }
    if let error = error.decoded(as: RitualExists.self) {
      return "there is already a ritual \(error.ritual), in \(error.file); give it another --id"
    }
    if let error = error.decoded(as: NothingToAnswer.self) {
      guard let ritual = error.ritual else { return "no reminder is waiting for an answer" }
      let next = error.next.map { "; it comes \(When($0, now: SystemClock.now).text)" } ?? ""
      return "\(ritual) is not waiting for an answer\(next)"
    }
    if let error = error.decoded(as: SeveralWaiting.self) {
      return "several reminders are waiting for an answer; name one: \(error.rituals.joined(separator: ", "))"
    }
    if let error = error.decoded(as: InvalidSchedule.self) {
      let range = error.position..<error.position
      return ScheduleText.message(
        ScheduleError(range: range, reason: error.reason, accepted: error.accepted), in: error.text)
    }
    if let error = error.decoded(as: InvalidValue.self) {
      return "\(error.name): \(TerminalText.exact(error.text)): not understood; accepted: \(error.accepted)"
    }
    if let error = error.decoded(as: NoSuchKey.self) {
      let hint = error.didYouMean.map { "; did you mean \($0)?" } ?? ""
      return
        "there is no key \(TerminalText.exact(error.key))\(hint)\n  accepted: \(error.accepted.joined(separator: ", "))"
    }
    if let error = error.decoded(as: InvalidConfiguration.self) {
      let lines = error.problems.map(sentence)
      return lines.count == 1 ? lines[0] : "nothing was changed:\n  " + lines.joined(separator: "\n  ")
    }
    if let error = error.decoded(as: UnreadableConfiguration.self) {
      return "the configuration has to be fixed first:\n"
        + error.problems.map { TerminalText.lines($0.text) }.joined(separator: "\n")
    }
    if let error = error.decoded(as: FileChanged.self) {
      return "\(TerminalText.line(error.file)) was changed in the meantime"
    }
    if let error = error.decoded(as: NotWritable.self) {
      return "cannot write \(error.path): \(error.reason)"
    }
    if let error = error.decoded(as: NoNotificationServer.self) {
      return "it cannot be shown: \(error.reason)"
    }
    if let error = error.decoded(as: JournalUnreadable.self) {
      return "the journal cannot be read: \(error.reason)"
    }
    if let error = error.decoded(as: NotWorking.self) {
      return "rituald cannot work: \(TerminalText.line(error.reason)); it looks again every few seconds"
    }
    if error.decoded(as: NoTimeout.self) != nil { return "there is no timeout" }
    if let error = error.decoded(as: NotForgotten.self) { return "not forgotten: \(error.reason)" }
    if let error = error.decoded(as: ServiceError.InvalidParameter.self) {
      return "rituald does not take \(TerminalText.exact(error.parameter)) as ritualctl gives it"
    }
    if let error = error.decoded(as: ServiceError.MethodNotFound.self) {
      return "rituald has no method \(TerminalText.exact(error.method))"
    }
    return TerminalText.line("rituald refused: \(error)")
  }

  /// Words for a mistake in a changed ritual: the key within the ritual, and the mistake.
  private static func sentence(_ problem: Control.Problem) -> String {
    let keys = problem.key.split(separator: ".")
    let key = keys.first == "ritual" ? keys.dropFirst(2).joined(separator: ".") : problem.key
    return TerminalText.line(key.isEmpty ? problem.what : "\(key): \(problem.what)")
  }

  /// Words for a name that nothing has. `command` lists the names that exist.
  static func unknown(_ kind: String, _ name: String, _ meant: String?, _ command: String) -> String {
    let hint = meant.map { "; did you mean \($0)?" } ?? "; ritualctl \(command) shows all"
    return "there is no \(kind) \(TerminalText.exact(name))\(hint)"
  }

  /// The exit status for an error: bad data where the daemon did not understand the user's words, else a
  /// refusal.
  static func status(of error: RemoteError) -> Int32 {
    let badData = [
      InvalidSchedule.name, InvalidValue.name, NoSuchKey.name, InvalidConfiguration.name,
      UnreadableConfiguration.name,
    ]
    return badData.contains(error.name) ? EX_DATAERR : Failure.refused
  }
}
