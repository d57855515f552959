import CivilTime
import ICalendar
import Logging
import Rituals
import Vdir

/// Answers that were given on this machine, and that the folder is to have.
extension CalendarSource {
  /// Answers before this instant are of no use to other programs: older than a week.
  static func oldestAnswer(at now: Instant) -> Instant { now.advanced(byMicroseconds: -7 * 86_400_000_000) }

  /// Adds an answer to a ritual, if the folder has its event. `writeAnswers` writes it.
  func addAnswer(to id: RitualID, at instant: Instant) {
    guard !(homes[id] ?? []).isEmpty else { return }
    unwritten[id] = max(unwritten[id] ?? instant, instant)
  }

  /// Adds answers of an earlier run, or of the time when the folder could not be read, that its files do not
  /// have.
  func recallAnswers(_ latest: [RitualID: Instant]) {
    for (id, answer) in latest where homes[id] != nil {
      if answers[id].map({ $0 < answer.wholeSecond }) ?? true { unwritten[id] = answer }
    }
  }

  /// Writes the answers that the folder does not have yet; later if the folder cannot be read now.
  func writeAnswers() {
    guard !isUnread else { return }
    let answers = unwritten
    unwritten = [:]
    for (id, instant) in answers {
      for home in homes[id] ?? [] { write(instant, of: id, to: home) }
    }
  }

  private func write(_ answer: Instant, of id: RitualID, to home: (path: String, uid: String)) {
    let (path, uid) = home
    worker.perform {
      do {
        _ = try VdirFile.update(path) { bytes in
          var text = try CalendarText(parsing: bytes)
          return text.acknowledge(uid, at: answer) ? text.bytes : nil
        }
        return nil as (any Error)?
      } catch {
        return error
      }
    } then: { [weak self] failure in
      guard let self else { return }
      if let failure {
        unwritten[id] = max(unwritten[id] ?? answer, answer)
        log.failure(.warning, "An answer cannot be written to a calendar yet", failure)
      }
      setAnswerFailure(failure.map { "\($0)" }, of: path)
      onWorkDone()
    }
  }
}
