import CivilTime
import Rituals

/// An occurrence that has not ended, and how far its reminder has come.
struct OpenReminder: Sendable {
  let occurrence: Occurrence
  var title: String
  var phase: Phase
  /// When it became due, or due again after a snooze: what `missed` and nudges count from.
  var due: Instant
  /// The number of nudges since, given or left out.
  var nudges = 0
  /// The prompt that it shows, of its ritual's deck; nil until it is drawn.
  var prompt: ContentID?
  /// Its place in the order in which they came.
  let place: Int
  /// The reason why it is held, as it was last recorded.
  var hold: Hold.Reason?
  /// True once it was recorded that it cannot be shown.
  var isUndelivered = false
  /// True once it was on a screen since it became due, or due again after a snooze: then it is not late any
  /// more.
  var wasSeen = false
  /// The progress of the wish to begin its guide.
  var beginning = Beginning.none

  /// The user's wish to begin the guide of a reminder.
  enum Beginning: Sendable {
    case none
    /// A window is to open.
    case asked
    /// There could be none: the reminder says what to type.
    case failed
  }

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

  /// True where it came again at the end of a snooze. That is an order of the user's, which quiet hours do
  /// not hold.
  var isOrdered: Bool { due != occurrence.scheduled }

  var isSnoozed: Bool { if case .snoozed = phase { true } else { false } }

  /// True where it ends when it cannot be shown in time. What was seen has not come too late, whatever hides
  /// it now; what a pause or a timeout holds for too long was skipped.
  var canBeLate: Bool { !wasSeen || hold?.skips ?? false }

  /// True where it is due and has waited for longer than its ritual keeps it.
  func isTooLate(_ missed: MissedPolicy, at now: Instant) -> Bool {
    guard phase == .due, canBeLate else { return false }
    return missed.lastChance(for: due).map { $0 < now } ?? false
  }

  /// Its end when it was held, or could not be shown, for too long.
  func outcomeOfWaiting(isSending: Bool) -> Happening {
    switch hold {
    case .paused: .skipped(by: .pause)
    case .timeout: .skipped(by: .timeout)
    case .some: .missed(.held, count: 1)
    case nil where isUndelivered || isSending: .missed(.undelivered, count: 1)
    // The daemon ended, or the machine slept, before it was on the screen.
    case nil: .missed(.absent, count: 1)
    }
  }

  /// Its end when the ritual's next occurrence comes. A reminder that nobody saw was not left unanswered.
  func outcomeOfSuperseding(isSending: Bool) -> Happening {
    isSnoozed || !canBeLate ? .expired(.superseded) : outcomeOfWaiting(isSending: isSending)
  }

  /// The instant of its next change by itself: a snooze's end, a nudge, or the end of its time to be shown.
  func deadline(_ ritual: Ritual, isSending: Bool) -> Instant? {
    switch phase {
    case .snoozed(let until): return until
    case .due:
      guard !isSending, canBeLate else { return nil }
      return ritual.missed.lastChance(for: due)?.advanced(byMicroseconds: 1)
    case .shown, .closed:
      guard nudges < ritual.nudge.times else { return nil }
      return due.advanced(byMicroseconds: Int64(nudges + 1) * ritual.nudge.every)
    }
  }

  /// Counts a nudge, with those whose time was slept through. Returns false where it is too late to show this
  /// one.
  mutating func countNudge(_ nudge: Nudge, at now: Instant) -> Bool {
    let passed = due.microseconds(until: now) / nudge.every
    nudges = min(max(Int(passed), nudges + 1), nudge.times)
    let time = due.advanced(byMicroseconds: Int64(nudges) * nudge.every)
    return time.microseconds(until: now) <= MissedPolicy.grace
  }

  /// It is seen at last: the nudges whose time has passed, or would follow at once, are left out.
  mutating func leaveOutNudges(_ nudge: Nudge, at now: Instant) {
    guard nudge.times > 0 else { return }
    let (passed, rest) = due.microseconds(until: now).quotientAndRemainder(dividingBy: nudge.every)
    let leftOut = Int(passed) + (rest > nudge.every / 2 ? 1 : 0)
    nudges = min(max(leftOut, nudges), nudge.times)
  }
}

extension Hold.Reason {
  /// True where an occurrence that it holds for too long was skipped, and not missed.
  var skips: Bool { self == .paused || self == .timeout }
}
