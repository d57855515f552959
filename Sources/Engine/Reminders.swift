import CivilTime
import OrderedCollections
import Rituals

/// The occurrences that have not ended, at most one a ritual, and how each goes on.
struct Reminders: Sendable {
  private var open: [RitualID: OpenReminder] = [:]
  /// Rituals whose open reminder is held.
  private(set) var held: Set<RitualID> = []
  /// The number of reminders opened so far: the place of the next one.
  private var opened = 0
  /// Rituals whose reminder wants to be on the screen and is not, since it last changed.
  private var waiting: OrderedSet<RitualID> = []
  /// Rituals whose reminder may have another deadline now.
  private var changed: OrderedSet<RitualID> = []
  /// The last answer to each ritual's alarm in a shared calendar.
  private var acknowledged: [RitualID: Instant] = [:]

  // MARK: Queries

  subscript(_ id: RitualID) -> OpenReminder? { open[id] }

  /// Rituals with an open reminder, in the order in which these came.
  var ids: [RitualID] { inOrder(open.keys) }

  func inOrder(_ ids: some Collection<RitualID>) -> [RitualID] {
    ids.sorted { open[$0]?.place ?? 0 < open[$1]?.place ?? 0 }
  }

  /// The open occurrences, in the order in which they came.
  var occurrences: [OpenOccurrence] {
    open.values.sorted { $0.place < $1.place }.map {
      OpenOccurrence(
        $0.occurrence, title: $0.title, phase: $0.phase, due: $0.due, nudges: $0.nudges, prompt: $0.prompt,
        wasSeen: $0.wasSeen)
    }
  }

  /// True where it was answered in a calendar. An answer from before its time was meant for another one; what
  /// a clock far ahead wrote is none.
  func isAcknowledged(_ occurrence: Occurrence, at now: Instant) -> Bool {
    guard let answer = acknowledged[occurrence.ritual] else { return false }
    return occurrence.scheduled <= answer && answer <= now.advanced(byMicroseconds: Self.clocksApart)
  }

  /// The most that another device's clock may be ahead, in microseconds.
  private static let clocksApart: Int64 = 3_600_000_000

  // MARK: What the engine asks for at the end of each step

  /// Puts a reminder among those that want to be on the screen.
  mutating func wait(_ id: RitualID) { waiting.append(id) }

  /// Looks again at the deadline of a reminder.
  mutating func touch(_ id: RitualID) { changed.append(id) }

  mutating func takeWaiting() -> OrderedSet<RitualID> {
    defer { waiting = [] }
    return waiting
  }

  mutating func takeChanged() -> OrderedSet<RitualID> {
    defer { changed = [] }
    return changed
  }

  // MARK: Steps

  /// Takes up a reminder of a former run.
  mutating func restore(_ item: OpenOccurrence) {
    open[item.occurrence.ritual] = OpenReminder(restoring: item, place: opened)
    opened += 1
  }

  /// An occurrence has become due.
  mutating func add(_ occurrence: Occurrence, title: String, _ step: inout Step) {
    let id = occurrence.ritual
    step.record(occurrence, title: title, .due)
    open[id] = OpenReminder(occurrence, title: title, due: occurrence.scheduled, place: opened)
    opened += 1
    waiting.append(id)
    changed.append(id)
  }

  mutating func end(_ id: RitualID, _ outcome: Happening, _ step: inout Step) {
    guard let reminder = open.removeValue(forKey: id) else { return }
    step.record(reminder.occurrence, title: reminder.title, outcome)
    held.remove(id)
    changed.append(id)
  }

  mutating func snooze(_ id: RitualID, until: Instant, by answerer: Answerer, _ step: inout Step) {
    guard var reminder = open[id] else { return }
    step.record(reminder.occurrence, title: reminder.title, .snoozed(until: until, by: answerer))
    reminder.phase = .snoozed(until: until)
    open[id] = reminder
    release(id)
    changed.append(id)
  }

  /// A snooze is over: the reminder is due again. `title` is the ritual's present one.
  mutating func endSnooze(_ id: RitualID, at until: Instant, title: String, _ step: inout Step) {
    guard var reminder = open[id] else { return }
    reminder.phase = .due
    reminder.beginning = .none
    reminder.due = until
    reminder.nudges = 0
    reminder.isUndelivered = false
    reminder.wasSeen = false
    open[id] = reminder
    step.record(reminder.occurrence, title: title, .due)
    waiting.append(id)
    changed.append(id)
  }

  /// Holds a reminder; that is recorded once for each reason.
  mutating func hold(_ id: RitualID, for reason: Hold.Reason, _ step: inout Step) {
    guard let reminder = open[id] else { return }
    held.insert(id)
    if reminder.hold != reason {
      open[id]?.hold = reason
      open[id]?.phase = .due
      step.record(reminder.occurrence, title: reminder.title, .held(reason))
    }
    changed.append(id)
  }

  /// Nothing holds the reminder any more. Returns true where something did.
  @discardableResult
  mutating func release(_ id: RitualID) -> Bool {
    guard held.remove(id) != nil else { return false }
    open[id]?.hold = nil
    return true
  }

  /// The pause or timeout that held the reminder has ended, and is no reason any more. The reminder still
  /// counts as held.
  mutating func clearHoldReason(of id: RitualID) {
    open[id]?.hold = nil
    changed.append(id)
  }

  /// Counts a nudge of the reminder. Returns false where its time was slept through: it is not made up for.
  mutating func countNudge(_ id: RitualID, _ nudge: Nudge, at now: Instant) -> Bool {
    changed.append(id)
    return open[id]?.countNudge(nudge, at: now) ?? false
  }

  mutating func recordNudge(_ id: RitualID, _ step: inout Step) {
    guard let reminder = open[id] else { return }
    step.record(reminder.occurrence, title: reminder.title, .nudged(reminder.nudges))
  }

  /// The reminder is on the screen.
  mutating func show(_ id: RitualID, on notification: NotificationID, _ nudge: Nudge?, _ step: inout Step) {
    guard var reminder = open[id] else { return }
    if reminder.phase != .shown(notification) {
      step.record(reminder.occurrence, title: reminder.title, .shown(notification))
    }
    if reminder.phase == .due, let nudge { reminder.leaveOutNudges(nudge, at: step.now) }
    reminder.phase = .shown(notification)
    reminder.wasSeen = true
    reminder.isUndelivered = false
    open[id] = reminder
    changed.append(id)
  }

  /// The reminder's notification left the screen without an answer.
  mutating func close(
    _ id: RitualID, from notification: NotificationID, _ closing: Closing, _ step: inout Step
  ) {
    guard let reminder = open[id], reminder.phase == .shown(notification) else { return }
    // A server closes a notification whose button is pressed; that is no other answer.
    guard reminder.beginning != .asked else { return }
    step.record(reminder.occurrence, title: reminder.title, .closed(closing))
    open[id]?.phase = .closed
    changed.append(id)
  }

  /// The reminder cannot be shown at present: that is recorded once, where it was never seen.
  mutating func recordUndelivered(_ id: RitualID, reason: String, _ step: inout Step) {
    guard let reminder = open[id], reminder.phase == .due, !reminder.isUndelivered else { return }
    open[id]?.isUndelivered = true
    step.record(reminder.occurrence, title: reminder.title, .undelivered(reason: reason))
  }

  /// The user wants to begin the reminder's guide, and how that went.
  mutating func setBeginning(of id: RitualID, to beginning: OpenReminder.Beginning) {
    open[id]?.beginning = beginning
  }

  /// A window can be opened now: what could not begin may be tried again.
  mutating func forgetFailedBeginnings() {
    for id in open.keys where open[id]?.beginning == .failed { open[id]?.beginning = .none }
  }

  mutating func setPrompt(of id: RitualID, to prompt: ContentID) { open[id]?.prompt = prompt }

  /// The ritual is written another way: its reminder goes by that.
  mutating func setTitle(of id: RitualID, to title: String) {
    guard open[id] != nil else { return }
    open[id]?.title = title
    changed.append(id)
  }

  mutating func setAcknowledged(_ answers: [RitualID: Instant]) { acknowledged = answers }
}
