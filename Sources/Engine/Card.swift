import CivilTime
import OrderedCollections
import Rituals
import Schedules

/// One notification, on the screen or on its way there: of one reminder, of several together, or an early
/// word.
struct Card: Sendable {
  typealias ID = Int

  var kind: Reminder.Kind
  /// The rituals it is about, in the order in which they came; never empty.
  var members: [RitualID]
  /// Its notification as we last knew it; kept after it left the screen, because some servers tell of
  /// the closing before they tell of the click that caused it.
  var display: Display?
  /// Whether `display` is on the screen, as far as is known.
  var isOnScreen = false
  /// The reminders that `display` tells of, as was acknowledged last: what the user presses is about these.
  var confirmed: Set<Occurrence> = []
  /// The lengths of its snooze buttons; nil where a former daemon showed it, and nobody knows.
  var confirmedSnoozes: [TimeSpan]?
  /// The reminders that a `Notify` tells of which is on its way, unanswered; nil while none is.
  var sending: Set<Occurrence>?
  /// The lengths of the snooze buttons that were sent last.
  var sentSnoozes: [TimeSpan]?
  /// What it says changed while it was on its way.
  var isStale = false
  /// It left the screen while it was on its way there again.
  var isDismissed = false
  /// Whether neutral words were sent.
  var isDiscreet = false
  /// Tries that failed since it was last seen.
  var failures = 0

  init(_ kind: Reminder.Kind, of members: [RitualID]) {
    self.kind = kind
    self.members = members
  }

  /// Takes the place of another one: what is on the screen of it, or on its way there, is replaced.
  mutating func succeed(_ other: Card) {
    sending = other.sending
    sentSnoozes = other.sentSnoozes
    isOnScreen = other.isOnScreen
    // A late press on what has left the screen is not meant for what comes after it.
    display = other.isOnScreen ? other.display : nil
    confirmed = other.isOnScreen ? other.confirmed : []
    confirmedSnoozes = other.confirmedSnoozes
  }

  /// Whether a `Notify` is on its way.
  var isSending: Bool { sending != nil }

  /// Whether the user sees it, or soon will.
  var isVisible: Bool { (isOnScreen || isSending) && !isDismissed }

  /// Microseconds until another try after a failure: 15 s, doubled each time, at most 10 min.
  var retryDelay: Int64 { min(15_000_000 << Int64(min(failures, 6)), 600_000_000) }
}

/// An early word that was given.
struct GivenLead: Sendable {
  /// The time of the occurrence.
  let scheduled: Instant
  /// Its card, while it has one.
  var card: Card.ID?
  /// A notification of it that is to be taken down once its server is known: it stays written down until then.
  var left: Display?
}

/// The reminders that came within one minute, which share a notification when they are many.
struct Company: Sendable {
  /// More than these in a minute are shown as one.
  static let few = 3

  private var minute: Int64 = .min
  private(set) var members: OrderedSet<RitualID> = []

  /// Takes in more of them; the ones before count only within the same minute.
  mutating func add(_ ids: [RitualID], at now: Instant) {
    begin(at: now)
    members.formUnion(ids)
  }

  /// Forgets what came in an earlier minute.
  mutating func begin(at now: Instant) {
    let present = now.microseconds / 60_000_000
    guard present != minute else { return }
    minute = present
    members = []
  }
}
