import CivilTime
import OrderedCollections
import Rituals
import Schedules

/// A place on the screen: the notification of one reminder, of several together, of a lead, or of a timeout.
struct Slot: Sendable {
  typealias ID = Int

  var kind: Reminder.Kind
  /// The rituals that it is about, in the order in which they came; empty for a timeout only.
  var members: [RitualID]
  /// Its notification as it was last acknowledged. Kept after it left the screen, because some servers tell
  /// of the closing before they tell of the click that caused it.
  private(set) var notification: NotificationID?
  /// The content of `notification`: a press of the user is about this.
  private(set) var acknowledged = Content()
  private(set) var state = State.idle
  /// True where neutral words were sent.
  var isDiscreet = false
  /// Tries that failed since it was last seen.
  private(set) var failures = 0

  enum State: Sendable {
    /// It was never on the screen.
    case idle
    /// A `Notify` is on its way.
    case sending(Sending)
    case shown
    /// It left the screen.
    case closed
  }

  /// The content of a notification.
  struct Content: Sendable {
    var occurrences: Set<Occurrence> = []
    /// The lengths of the snooze buttons; nil where a former daemon showed it: they are unknown.
    var snoozes: [TimeSpan]?
    /// True where a click on the notification opens a guide, if its ritual has one.
    var opensGuide = true
  }

  struct Sending: Sendable {
    let content: Content
    /// True while the notification that it replaces is on the screen.
    var isOnScreen: Bool
    /// True where it says something else by now, so that another one has to follow.
    var isOutdated = false
    /// True where the user closed it meanwhile.
    var isDismissed = false
  }

  init(_ kind: Reminder.Kind, of members: [RitualID]) {
    self.kind = kind
    self.members = members
  }

  /// A slot that is on the screen since a former run.
  init(
    _ kind: Reminder.Kind, of members: [RitualID], on notification: NotificationID,
    saying occurrences: Set<Occurrence> = []
  ) {
    self.init(kind, of: members)
    self.notification = notification
    acknowledged.occurrences = occurrences
    state = .shown
  }

  // MARK: Queries

  var sending: Sending? { if case .sending(let sending) = state { sending } else { nil } }
  var isSending: Bool { sending != nil }

  /// True while a notification of it is on the screen, as far as is known.
  var isOnScreen: Bool {
    switch state {
    case .shown: true
    case .sending(let sending): sending.isOnScreen
    case .idle, .closed: false
    }
  }

  /// True where the user sees it, or soon will.
  var isVisible: Bool {
    switch state {
    case .shown: true
    case .sending(let sending): !sending.isDismissed
    case .idle, .closed: false
    }
  }

  /// Microseconds until another try after a failure: 15 s, doubled each time, at most 10 min.
  var retryDelay: Int64 { min(15_000_000 << Int64(min(failures, 6)), 600_000_000) }

  // MARK: Steps

  /// Takes the place of another one: what is on the screen of it, or on its way there, is replaced.
  mutating func succeed(_ other: Slot) {
    if other.isOnScreen {
      notification = other.notification
      acknowledged = other.acknowledged
      state = .shown
    }
    // A late press on what has left the screen is not meant for what comes after it.
    if let sending = other.sending {
      state = .sending(Sending(content: sending.content, isOnScreen: sending.isOnScreen))
    }
  }

  mutating func send(_ content: Content) {
    state = .sending(Sending(content: content, isOnScreen: isOnScreen))
  }

  /// Another reminder is on the same notification.
  mutating func join(_ occurrence: Occurrence) {
    members.append(occurrence.ritual)
    kind = .summary
    acknowledged.occurrences.insert(occurrence)
  }

  /// It says something else while it is on its way.
  mutating func markOutdated() {
    guard var sending else { return }
    sending.isOutdated = true
    state = .sending(sending)
  }

  /// `Notify` succeeded. Returns what was on its way; nil where nothing was.
  mutating func acknowledge(on notification: NotificationID) -> Sending? {
    guard let sending else { return nil }
    self.notification = notification
    acknowledged = sending.content
    failures = 0
    state = sending.isDismissed ? .closed : .shown
    return sending
  }

  /// `Notify` failed. Returns what was on its way.
  mutating func fail() -> Sending? {
    guard let sending else { return nil }
    failures += 1
    state = sending.isOnScreen ? .shown : notification == nil ? .idle : .closed
    return sending
  }

  /// Its notification left the screen. `isMeant` says that so should the one that is on its way.
  mutating func close(isMeant: Bool = true) {
    guard var sending else {
      state = .closed
      return
    }
    sending.isOnScreen = false
    sending.isDismissed = isMeant
    state = .sending(sending)
  }

  /// The server vanished. Only what was on its way to it counts as a failure.
  mutating func serverVanished() {
    if fail() == nil { failures = 0 }
  }
}

/// A slot that was let go while it was on the screen, or on its way there.
struct ReleasedSlot {
  let id: Slot.ID
  let slot: Slot
  /// True for what a former daemon left on the screen.
  var isLeftover = false

  /// The ritual that it was last about; nil where it was about a timeout.
  var ritual: RitualID? { slot.members.last }
}

/// The reminders that came within one minute, which share a notification when they are many.
struct MinuteGroup: Sendable {
  /// More than these in a minute are shown as one.
  static let few = 3

  private var minute: Int64 = .min
  private(set) var members: OrderedSet<RitualID> = []

  /// Takes in more of them.
  mutating func add(_ ids: [RitualID]) { members.formUnion(ids) }

  /// Forgets what came in an earlier minute.
  mutating func begin(at now: Instant) {
    let present = now.microseconds / 60_000_000
    guard present != minute else { return }
    minute = present
    members = []
  }
}

extension Reminder.Kind {
  /// True where it shows open reminders, whose entries in the journal have its number.
  var isOfReminders: Bool { self != .lead && !isOfTimeout }

  /// True where it is about a timeout, and about no ritual.
  package var isOfTimeout: Bool {
    switch self {
    case .soothing, .comeBack, .repair: true
    case .ritual, .lead, .summary, .digest: false
    }
  }
}
