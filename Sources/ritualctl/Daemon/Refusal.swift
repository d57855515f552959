import Control
import Glibc
import Schedules
import Varlink

/// The daemon's errors, in words.
enum Refusal {
  static func text(of error: RemoteError) -> String {
    if let error = error.decoded(as: NoSuchRitual.self) {
      let hint = error.didYouMean.map { "; did you mean \($0)?" } ?? "; ritualctl list shows all"
      return "there is no ritual \(Plain.exact(error.ritual))\(hint)"
    }
    if let error = error.decoded(as: NoSuchPreset.self) {
      let hint = error.didYouMean.map { "; did you mean \($0)?" } ?? ""
      return "there is no preset \(Plain.exact(error.preset)); accepted: "
        + error.accepted.joined(separator: ", ") + ", or one ritual of them" + hint
    }
    if let error = error.decoded(as: NoSuchDeck.self) {
      return unknown("deck", error.deck, error.didYouMean, "deck list")
    }
    if let error = error.decoded(as: RitualExists.self) {
      return "there is a ritual \(error.ritual) already, in \(error.file); give another --id"
    }
    if let error = error.decoded(as: NothingToAnswer.self) {
      guard let ritual = error.ritual else { return "no reminder waits for an answer" }
      let next = error.next.map { "; it comes \(When($0, now: SystemClock.now).text)" } ?? ""
      return "\(ritual) does not wait for an answer\(next)"
    }
    if let error = error.decoded(as: SeveralWaiting.self) {
      return "several reminders wait for an answer, name one: \(error.rituals.joined(separator: ", "))"
    }
    if let error = error.decoded(as: InvalidSchedule.self) {
      let range = error.position..<error.position
      return ScheduleText.message(
        ScheduleError(range: range, reason: error.reason, accepted: error.accepted), in: error.text)
    }
    if let error = error.decoded(as: InvalidValue.self) {
      return "\(error.field): \(Plain.exact(error.text)): not understood; accepted: \(error.accepted)"
    }
    if let error = error.decoded(as: NoSuchKey.self) {
      let hint = error.didYouMean.map { "; did you mean \($0)?" } ?? ""
      return
        "there is no key \(Plain.exact(error.key))\(hint)\n  accepted: \(error.accepted.joined(separator: ", "))"
    }
    if let error = error.decoded(as: InvalidConfiguration.self) {
      let lines = error.problems.map(sentence)
      return lines.count == 1 ? lines[0] : "nothing was changed:\n  " + lines.joined(separator: "\n  ")
    }
    if let error = error.decoded(as: UnreadableConfiguration.self) {
      return "the configuration has to be mended first:\n"
        + error.problems.map { Plain.lines($0.text) }.joined(separator: "\n")
    }
    if let error = error.decoded(as: FileChanged.self) {
      return "\(Plain.text(error.file)) was changed in the meantime"
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
      return "rituald cannot work: \(Plain.text(error.reason)); it looks again every few seconds"
    }
    if error.decoded(as: NoTimeout.self) != nil { return "there is no timeout" }
    if let error = error.decoded(as: NotForgotten.self) { return "not forgotten: \(error.reason)" }
    if let error = error.decoded(as: ServiceError.InvalidParameter.self) {
      return "rituald does not take \(Plain.exact(error.parameter)) as ritualctl \(ritualVersion) gives it; "
        + "where it was updated, start it again: systemctl --user restart rituald"
    }
    return Plain.text("rituald refused: \(error)")
  }

  /// A mistake in what was to be written: the ritual's own key, and what is wrong.
  private static func sentence(_ problem: ProblemInfo) -> String {
    let keys = problem.key.split(separator: ".")
    let key = keys.first == "ritual" ? keys.dropFirst(2).joined(separator: ".") : problem.key
    return Plain.text(key.isEmpty ? problem.what : "\(key): \(problem.what)")
  }

  /// There is nothing of a name; `command` shows what there is.
  static func unknown(_ kind: String, _ name: String, _ meant: String?, _ command: String) -> String {
    let hint = meant.map { "; did you mean \($0)?" } ?? "; ritualctl \(command) shows all"
    return "there is no \(kind) \(Plain.exact(name))\(hint)"
  }

  /// Words of the user's that were not understood are bad data; everything else is a refusal.
  static func status(of error: RemoteError) -> Int32 {
    let badData = [
      InvalidSchedule.name, InvalidValue.name, NoSuchKey.name, InvalidConfiguration.name,
      UnreadableConfiguration.name,
    ]
    return badData.contains(error.name) ? EX_DATAERR : Failure.refused
  }
}
