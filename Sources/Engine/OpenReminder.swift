import CivilTime
import Rituals

/// An occurrence that has not ended, and how far its reminder has come.
struct OpenReminder: Sendable {
  let occurrence: Occurrence
  var title: String
  var phase: Phase
  /// When it became due, or due again after a snooze: what `missed` counts from.
  var due: Instant
  /// Its notification as we last knew it; kept after it left the screen, because some servers tell of
  /// the closing before they tell of the click that caused it.
  var display: Display?
  /// `Notify` is on its way, unanswered.
  var isSending = false
  /// Tries that failed since it became due.
  var failures = 0

  init(_ occurrence: Occurrence, title: String, due: Instant) {
    self.occurrence = occurrence
    self.title = title
    self.due = due
    phase = .due
  }

  init(restoring item: OpenOccurrence) {
    occurrence = item.occurrence
    title = item.title
    phase = item.phase
    due = item.changed
    if case .shown(let display) = item.phase { self.display = display }
  }

  /// Microseconds until another try after a failure: 15 s, doubled each time, at most 10 min.
  var retryDelay: Int64 { min(15_000_000 << Int64(min(failures, 6)), 600_000_000) }
}
