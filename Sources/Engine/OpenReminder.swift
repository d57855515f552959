import CivilTime
import Rituals

/// An occurrence that has not ended, and how far its reminder has come.
struct OpenReminder: Sendable {
  let occurrence: Occurrence
  var title: String
  var phase: Phase
  /// When it became due, or due again after a snooze: what `missed` and nudges count from.
  var due: Instant
  /// How often it was shown once more since, or would have been.
  var nudges = 0
  /// The prompt that it shows, of its ritual's deck; nil until it is drawn.
  var prompt: ContentID?
  /// Its place in the order in which they came.
  let place: Int
  /// Where it is on the screen, or on its way there.
  var card: Card.ID?
  /// Why it is kept back, as it was last recorded.
  var hold: Hold.Reason?
  /// Whether it was recorded that it cannot be shown.
  var isUndelivered = false
  /// Whether it was on a screen since it became due, or due again after a snooze: then it is not late any
  /// more.
  var wasSeen = false

  /// Whether it came again at the end of a snooze. That is an order of the user's, which quiet hours do not
  /// hold.
  var isOrdered: Bool { due != occurrence.scheduled }

  /// Whether it is kept back by what leaves reminders out: when that takes too long, it was skipped.
  var isLeftOut: Bool { hold == .paused || hold == .timeout }

  /// Whether it ends when it cannot be shown in time. What was seen has not come too late, whatever hides it
  /// now.
  var canBeLate: Bool { !wasSeen || isLeftOut }

  init(_ occurrence: Occurrence, title: String, due: Instant, place: Int) {
    self.occurrence = occurrence
    self.title = title
    self.due = due
    self.place = place
    phase = .due
  }

  init(restoring item: OpenOccurrence, place: Int) {
    occurrence = item.occurrence
    title = item.title
    phase = item.phase
    due = item.due
    nudges = item.nudges
    prompt = item.prompt
    wasSeen = item.wasSeen
    self.place = place
  }
}
