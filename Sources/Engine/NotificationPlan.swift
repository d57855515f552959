import CivilTime
import OrderedCollections
import Rituals

/// The notifications that are wanted, and those that are known to be on the screen: which reminders share a
/// notification, and how far each notification has come.
struct NotificationPlan: Sendable {
  private(set) var server = Server.unknown
  private var slots: [Slot.ID: Slot] = [:]
  private var lastSlot: Slot.ID = 0
  /// The slots of open reminders, and of leads.
  private var slotOfReminder: [RitualID: Slot.ID] = [:]
  private var slotOfLead: [RitualID: Slot.ID] = [:]
  /// The slot of the timeout, or the last one that it had.
  private(set) var slotOfTimeout: Slot.ID?
  /// The slot that each notification is of, or was last.
  private var slotOfNotification: [NotificationID: Slot.ID] = [:]
  private var minute = MinuteGroup()

  /// Slots to be sent in this step.
  private var outdated: OrderedSet<Slot.ID> = []
  /// Reminders whose `Notify` has begun or ended since they were last asked for.
  private var changed: OrderedSet<RitualID> = []
  /// Slots that were let go in this step: what comes next of their ritual takes their place on the screen, or
  /// they leave it.
  private var released: OrderedDictionary<RitualID, ReleasedSlot> = [:]
  /// Slots that were let go and will be seen all the same: their `Notify` is in flight, or they are on the
  /// screen of a server that is not known yet.
  private var lingering: [ReleasedSlot] = []
  /// Notifications of leads and of a timeout among those: they stay written down until their server is known.
  private var lingeringLeads: [RitualID: NotificationID] = [:]
  private var lingeringTimeout: NotificationID?

  enum Server: Equatable, Sendable {
    /// The daemon has just started.
    case unknown
    /// The reason is for people.
    case absent(reason: String)
    /// The name tells it from every other (`NotificationID.server`).
    case present(String)
  }

  // MARK: Queries

  subscript(_ id: Slot.ID) -> Slot? { slots[id] }

  func slot(of ritual: RitualID) -> Slot? { slotOfReminder[ritual].flatMap { slots[$0] } }
  func slotID(of ritual: RitualID) -> Slot.ID? { slotOfReminder[ritual] }
  func slotID(of notification: NotificationID) -> Slot.ID? { slotOfNotification[notification] }

  /// True while a `Notify` about the ritual's reminder is in flight.
  func isSending(_ ritual: RitualID) -> Bool { slot(of: ritual)?.isSending ?? false }

  /// Rituals with a lead on the screen, or on its way there.
  var leads: [RitualID] { slotOfLead.keys.sorted() }

  /// The notification of the ritual's last lead, while it is on the screen or may be.
  func notification(ofLead id: RitualID) -> NotificationID? {
    slotOfLead[id].flatMap { slots[$0]?.notification } ?? lingeringLeads[id]
  }

  /// The notification that a slot's next one replaces; nil where it is new.
  func replaced(by id: Slot.ID) -> NotificationID? {
    guard let slot = slots[id], slot.isOnScreen, let notification = slot.notification else { return nil }
    return isPresent(notification.server) ? notification : nil
  }

  var isServerPresent: Bool { if case .present = server { true } else { false } }
  var isServerAbsent: Bool { if case .absent = server { true } else { false } }

  func isPresent(_ server: String) -> Bool { self.server == .present(server) }

  /// All slots, in the order in which they were made.
  var all: [(id: Slot.ID, slot: Slot)] { slots.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

  /// Slots whose last try to be shown failed.
  var failed: [Slot.ID] { slots.filter { $0.value.failures > 0 }.keys.sorted() }

  // MARK: What to send

  mutating func touch(_ id: Slot.ID) { outdated.append(id) }

  mutating func takeOutdated() -> OrderedSet<Slot.ID> {
    defer { outdated = [] }
    return outdated
  }

  mutating func takeChanged() -> OrderedSet<RitualID> {
    defer { changed = [] }
    return changed
  }

  // MARK: Who is on which slot

  /// Gives each reminder a slot of its own; where they are many within a minute, one for all.
  mutating func place(_ fresh: [RitualID], among reminders: borrowing Reminders, _ step: inout Step) {
    guard !fresh.isEmpty else { return }
    minute.begin(at: step.now)
    let group = minute.members.filter { id in !fresh.contains(id) && slot(of: id)?.isVisible ?? false }
    minute.add(fresh)
    guard group.count + fresh.count > MinuteGroup.few else {
      for id in fresh { assign(.ritual, to: [id]) }
      return
    }
    let shared = group.compactMap { slotOfReminder[$0] }.first { slots[$0]?.kind == .summary }
    for id in group where slotOfReminder[id] != shared || shared == nil { detach(id, &step) }
    guard let shared else { return assign(.summary, to: reminders.inOrder(Set(group + fresh))) }
    let others = group.filter { slotOfReminder[$0] == nil } + fresh
    slots[shared]?.members += others
    for id in others { slotOfReminder[id] = shared }
    touch(shared)
  }

  /// Puts rituals that have none on a new slot, in place of a notification that one of them had.
  mutating func assign(_ kind: Reminder.Kind, to members: [RitualID]) {
    var slot = Slot(kind, of: members)
    let former = takeReleased(of: members)
    if let former { slot.succeed(former.slot) }
    let id: Slot.ID
    if let former, slot.isSending {
      // The answer to what is in flight comes by its number; what follows waits for it.
      id = former.id
    } else {
      id = nextID()
    }
    add(slot, as: id)
    for member in members {
      if kind == .lead { slotOfLead[member] = id } else { slotOfReminder[member] = id }
    }
    touch(id)
  }

  /// A released slot about one of these rituals.
  private mutating func takeReleased(of ids: [RitualID]) -> ReleasedSlot? {
    for id in ids {
      if let former = released.removeValue(forKey: id) { return former }
    }
    let index = lingering.firstIndex { former in
      former.slot.isSending && former.ritual.map { ids.contains($0) } ?? false
    }
    return index.map { lingering.remove(at: $0) }
  }

  /// Takes a ritual's reminder off its slot; the slot goes with its last one.
  mutating func detach(_ ritual: RitualID, _ step: inout Step) {
    guard let id = slotOfReminder.removeValue(forKey: ritual), var slot = slots[id] else { return }
    changed.append(ritual)
    slot.members.removeAll { $0 == ritual }
    guard let last = slot.members.last else { return release(id, &step) }
    if slot.members.count == 1, last != ritual { slot.kind = .ritual }
    slots[id] = slot
    if slot.isVisible { touch(id) }
  }

  /// Shows something of a timeout.
  mutating func assignTimeout(_ kind: Reminder.Kind) {
    let id = nextID()
    add(Slot(kind, of: []), as: id)
    slotOfTimeout = id
    touch(id)
  }

  mutating func releaseTimeout(_ step: inout Step) {
    guard let id = slotOfTimeout else { return }
    slotOfTimeout = nil
    if server == .unknown { lingeringTimeout = slots[id]?.notification ?? lingeringTimeout }
    release(id, &step)
  }

  /// Lets the ritual's lead go. Returns false where it has none.
  @discardableResult
  mutating func releaseLead(of ritual: RitualID, _ step: inout Step) -> Bool {
    guard let id = slotOfLead.removeValue(forKey: ritual) else { return false }
    if server == .unknown, let notification = slots[id]?.notification {
      lingeringLeads[ritual] = notification
    }
    release(id, &step)
    return true
  }

  /// Lets a slot go; its notification is there to be replaced, or goes too.
  private mutating func release(_ id: Slot.ID, _ step: inout Step) {
    guard let slot = slots.removeValue(forKey: id) else { return }
    step.deadlines.set(.slot(id), to: nil)
    if let notification = slot.notification { slotOfNotification[notification] = nil }
    let former = ReleasedSlot(id: id, slot: slot)
    if slot.isSending || slot.isOnScreen && slot.notification.map({ isPresent($0.server) }) ?? false {
      offer(former, &step)
    } else if slot.isOnScreen, server == .unknown {
      lingering.append(former)
    }
  }

  /// Leaves the place on the screen to what comes next of the ritual: one place a ritual. A timeout's is
  /// closed.
  private mutating func offer(_ former: ReleasedSlot, _ step: inout Step) {
    guard let ritual = former.ritual else { return close(former, &step) }
    if let other = released.updateValue(former, forKey: ritual) { close(other, &step) }
  }

  private func close(_ former: ReleasedSlot, _ step: inout Step) {
    guard former.slot.isOnScreen, let notification = former.slot.notification else { return }
    step.close(notification, isForgotten: former.isLeftover || !former.slot.kind.isOfReminders)
  }

  /// Closes what nothing came to replace; what is in flight is closed when it has come.
  mutating func closeReleased(_ step: inout Step) {
    for former in released.values {
      close(former, &step)
      if former.slot.isSending { lingering.append(former) }
    }
    released = [:]
  }

  /// Closes a notification of one reminder, so that its next one is new on the screen.
  mutating func closeAlone(_ ritual: RitualID, _ step: inout Step) {
    guard let id = slotOfReminder[ritual], slots[id]?.members == [ritual] else { return }
    takeDown(id, &step)
  }

  /// Closes a slot's notification. The slot stays.
  mutating func takeDown(_ id: Slot.ID, _ step: inout Step) {
    guard let slot = slots[id], slot.isOnScreen, let notification = slot.notification else { return }
    step.close(notification, isForgotten: !slot.kind.isOfReminders)
    slots[id]?.close()
  }

  private mutating func nextID() -> Slot.ID {
    lastSlot += 1
    return lastSlot
  }

  private mutating func add(_ slot: Slot, as id: Slot.ID) {
    slots[id] = slot
    if let notification = slot.notification { slotOfNotification[notification] = id }
  }

  // MARK: What a former run left

  /// Takes up a reminder that is on the screen; those that share a notification share a slot again.
  mutating func restore(_ occurrence: Occurrence, on notification: NotificationID) {
    if let id = slotOfNotification[notification], var slot = slots[id] {
      slot.join(occurrence)
      slots[id] = slot
      slotOfReminder[occurrence.ritual] = id
    } else {
      let id = nextID()
      add(Slot(.ritual, of: [occurrence.ritual], on: notification, saying: [occurrence]), as: id)
      slotOfReminder[occurrence.ritual] = id
    }
  }

  /// Takes up a lead that is on the screen. One whose time has come is left for the reminder to replace.
  mutating func restoreLead(
    of ritual: RitualID, on notification: NotificationID, isToCome: Bool, _ step: inout Step
  ) {
    // The reminder may have taken its place already.
    guard slotOfNotification[notification] == nil else { return }
    lingering.removeAll { $0.slot.notification == notification }
    if isToCome {
      let id = nextID()
      add(Slot(.lead, of: [ritual], on: notification), as: id)
      slotOfLead[ritual] = id
    } else {
      if server == .unknown { lingeringLeads[ritual] = notification }
      restoreLeftover(notification, of: ritual, &step)
    }
  }

  /// Takes up a notification that may be on the screen still: what comes next of its ritual takes its place,
  /// or it goes.
  mutating func restoreLeftover(_ notification: NotificationID, of ritual: RitualID?, _ step: inout Step) {
    let former = ReleasedSlot(
      id: nextID(), slot: Slot(.ritual, of: ritual.map { [$0] } ?? [], on: notification), isLeftover: true)
    if isPresent(notification.server) { offer(former, &step) } else { lingering.append(former) }
  }

  /// Takes up what is on the screen of a timeout; `kind` is nil where nothing is to be shown of it.
  mutating func restoreTimeout(_ kind: Reminder.Kind?, on notification: NotificationID, _ step: inout Step) {
    guard let kind else {
      lingeringTimeout = notification
      return restoreLeftover(notification, of: nil, &step)
    }
    let id = nextID()
    add(Slot(kind, of: [], on: notification), as: id)
    slotOfTimeout = id
  }

  /// A timeout's notification that is not closed yet, because its server is not known.
  var unclosedTimeout: NotificationID? { lingeringTimeout }

  // MARK: The server

  /// A server is there, or there is none. Returns the rituals whose leads need not be written down any more.
  mutating func setServer(_ server: Server, _ step: inout Step) -> [RitualID] {
    self.server = server
    for former in lingering where former.slot.notification.map({ isPresent($0.server) }) ?? false {
      offer(former, &step)
    }
    lingering = []
    lingeringTimeout = nil
    defer { lingeringLeads = [:] }
    return lingeringLeads.keys.sorted()
  }

  /// The server vanished: what was in flight did not arrive. Returns true where the slot was in flight.
  mutating func serverVanished(_ id: Slot.ID, _ step: inout Step) -> Bool {
    let wasSending = slots[id]?.isSending ?? false
    slots[id]?.serverVanished()
    step.deadlines.set(.slot(id), to: nil)
    changed.formUnion(slots[id]?.members ?? [])
    return wasSending
  }

  // MARK: How far a notification has come

  /// Sends a slot's notification.
  mutating func send(_ id: Slot.ID, _ content: Slot.Content, isDiscreet: Bool) {
    slots[id]?.send(content)
    slots[id]?.isDiscreet = isDiscreet
    changed.formUnion(slots[id]?.members ?? [])
  }

  mutating func markOutdated(_ id: Slot.ID) { slots[id]?.markOutdated() }

  mutating func cancelRetry(_ id: Slot.ID, _ step: inout Step) { step.deadlines.set(.slot(id), to: nil) }

  mutating func retryLater(_ id: Slot.ID, _ step: inout Step) {
    guard let slot = slots[id] else { return }
    step.deadlines.set(.slot(id), to: step.now.advanced(byMicroseconds: slot.retryDelay))
  }

  /// `Notify` succeeded. Returns the slot where it is on the screen now; what nobody wants any more is
  /// closed.
  mutating func acknowledge(_ id: Slot.ID, on notification: NotificationID, _ step: inout Step) -> Slot? {
    let replaced = slots[id]?.notification
    guard let sent = slots[id]?.acknowledge(on: notification) else {
      forgetFlight(id)
      if slotOfNotification[notification] == nil { step.close(notification) }
      return nil
    }
    if let replaced, replaced != notification { slotOfNotification[replaced] = nil }
    slotOfNotification[notification] = id
    if sent.isDismissed {
      step.close(notification)
      return nil
    }
    if sent.isOutdated { touch(id) }
    return slots[id]
  }

  /// `Notify` failed. Returns what was in flight; nil where nobody waits for it.
  mutating func fail(_ id: Slot.ID) -> Slot.Sending? {
    guard let sending = slots[id]?.fail() else {
      forgetFlight(id)
      return nil
    }
    changed.formUnion(slots[id]?.members ?? [])
    return sending.isDismissed ? nil : sending
  }

  /// The `Notify` of a slot that was let go has been answered.
  private mutating func forgetFlight(_ id: Slot.ID) { lingering.removeAll { $0.id == id } }

  /// A notification left the screen. `isMeant` says that so should the one that is in flight.
  mutating func close(_ id: Slot.ID, isMeant: Bool, _ step: inout Step) {
    slots[id]?.close(isMeant: isMeant)
    if isMeant { step.deadlines.set(.slot(id), to: nil) }
  }
}
