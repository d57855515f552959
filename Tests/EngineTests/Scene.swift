import CivilTime
import Engine
import Rituals
import Schedules
import SimulationRig
import Testing

/// Times of day on the Friday that most scenes play on, and the days after it, in UTC.
func time(_ hour: Int, _ minute: Int = 0, _ second: Int = 0, day: Int = 0) -> Instant {
  // 2026-11-27T00:00:00Z
  Instant(seconds: 1_795_737_600 + Int64(day) * 86_400 + Int64(hour * 3600 + minute * 60 + second))
}

func id(_ text: String) throws -> RitualID { try #require(RitualID(text)) }

/// Zones for schedules that name none.
struct NoZones: ZoneSource {
  func zone(named name: String) throws(ZoneError) -> Zone { throw .unknown(name: name) }
}

func ritual(
  _ name: String = "kiss", _ schedule: String = "08:05", since: Instant? = nil, title: String? = nil,
  missed: MissedPolicy = .standard, zone: Zone? = nil, urgency: Urgency = .normal, lead: Int64? = nil,
  nudge: Nudge = .none, quiet: QuietPolicy = .respect, isPrivate: Bool = false, isEnabled: Bool = true,
  deck: String? = nil, guide: String? = nil
) throws -> Ritual {
  Ritual(
    id: try id(name), title: title ?? "The \(name)",
    schedule: try Schedule(parsing: schedule, zones: NoZones()), since: since,
    zone: zone, urgency: urgency, missed: missed,
    lead: lead.map { TimeSpan(microseconds: $0 * 60_000_000) }, nudge: nudge, quiet: quiet,
    isPrivate: isPrivate, isEnabled: isEnabled, deck: deck.flatMap { ContentID($0) },
    guide: guide.flatMap { ContentID($0) })
}

/// An engine, a journal in memory and the hand that plays the world; effects are kept for the test to look
/// at.
struct Scene {
  var engine: Engine
  var journal = ModelJournal()
  var now: Instant
  /// The effects of the last event, without the records.
  var seen: [Effect] = []
  /// The entries that the last event recorded.
  var recorded: [Entry] = []
  private var lastNumber: UInt32 = 0
  private var configured: [Ritual]
  private var rules: GlobalRules

  /// A daemon that starts at `now`, with a notification server there unless said otherwise.
  init(
    _ rituals: [Ritual], at now: Instant = time(7), rules: GlobalRules = .standard, zone: Zone = .utc,
    server: String? = "bus/:1.1"
  ) {
    self.now = now
    self.rules = rules
    configured = rituals
    engine = Engine(zone: zone, snapshot: Snapshot())
    play(.configured(rituals, rules))
    play(server.map { .serverAppeared($0) } ?? .serverIsAbsent)
  }

  /// Plays an event; time moves to `instant` first where one is given.
  mutating func play(_ event: Event, at instant: Instant? = nil) {
    now = instant ?? now
    seen = []
    recorded = []
    for effect in engine.handle(event, at: now) {
      if case .record(let changes) = effect {
        #expect(
          seen.allSatisfy { if case .close = $0 { true } else { false } },
          "a record comes before everything that is shown")
        journal.commit(changes)
        recorded += changes.compactMap { if case .entry(let entry) = $0 { entry } else { nil } }
      } else {
        seen.append(effect)
      }
    }
    if let deadline = engine.nextDeadline {
      #expect(deadline > now, "a deadline that has passed would make the daemon spin")
    }
  }

  /// Time passes until `instant`, with every deadline on the way met to the microsecond. Returns all entries.
  @discardableResult
  mutating func pass(until instant: Instant) -> [Entry] {
    var entries: [Entry] = []
    while let deadline = engine.nextDeadline, deadline <= instant {
      play(.timePassed, at: deadline)
      entries += recorded
      guard !shown.isEmpty else { continue }
      acknowledge()
      entries += recorded
    }
    now = instant
    return entries
  }

  /// The notification server acknowledges what was sent to it. Returns the numbers it gave.
  @discardableResult
  mutating func acknowledge(server: String = "bus/:1.1") -> [UInt32] {
    let reminders = shown
    var entries: [Entry] = []
    var numbers: [UInt32] = []
    for reminder in reminders {
      lastNumber += 1
      let number = reminder.replacing?.number ?? lastNumber
      play(.notifySucceeded(slot: reminder.slot, NotificationID(server: server, number: number)))
      entries += recorded
      numbers.append(number)
    }
    if !reminders.isEmpty { recorded = entries }
    return numbers
  }

  /// The daemon is killed, and started again at `instant` from what is durable. Where `server` is nil, it has
  /// not looked for one yet.
  mutating func restart(
    at instant: Instant, configured rituals: [Ritual]? = nil, zone: Zone = .utc, server: String? = "bus/:1.1"
  ) {
    now = instant
    configured = rituals ?? configured
    engine = Engine(
      zone: zone, snapshot: journal.snapshot(at: instant), alreadyHandled: journal.shown(after: instant))
    // As the daemon does.
    play(.decks([:]))
    #expect(recorded.isEmpty && seen.isEmpty)
    play(.configured(configured, rules))
    let first = recorded
    if let server {
      play(.serverAppeared(server))
      recorded = first + recorded
    }
  }

  /// The clock is set, as the daemon tells of it.
  mutating func setClock(to instant: Instant) {
    play(
      .clockSet(alreadyHandled: journal.shown(after: instant), accounted: journal.accounted(at: instant)),
      at: instant)
  }

  /// The reminders that the last event put on the screen.
  var shown: [Reminder] { seen.compactMap { if case .show(let reminder) = $0 { reminder } else { nil } } }

  /// Notifications that the last event closed.
  var closed: [NotificationID] {
    seen.compactMap { if case .close(let notification) = $0 { notification } else { nil } }
  }

  /// The configuration is read anew.
  mutating func configure(_ rituals: [Ritual], _ rules: GlobalRules? = nil, at instant: Instant? = nil) {
    configured = rituals
    self.rules = rules ?? self.rules
    play(.configured(rituals, self.rules), at: instant)
  }

  /// The happenings that the last event recorded.
  var happenings: [Happening] { recorded.map(\.happening) }
}

extension Event {
  static let serverIsAbsent = Event.serverAbsent(reason: "there is no notification server")
}

extension Reminder {
  /// The title of a reminder about one ritual.
  var title: String { items.map(\.title).joined(separator: ", ") }
  /// The occurrence of a reminder about one ritual.
  var occurrence: Occurrence { items[0].occurrence }
}
