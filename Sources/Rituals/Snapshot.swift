package import CivilTime

/// What the journal knows when the daemon starts: all that is carried over from one run to the next.
package struct Snapshot: Hashable, Sendable {
  /// Occurrences that have not ended, in the order they came.
  package var open: [OpenOccurrence]
  /// From when on each ritual counts.
  package var tracked: [RitualID: Tracking]
  /// The latest scheduled instant that has an entry and is not after the time of the start, by ritual. What
  /// came or was missed later than that, or before its own time, is of a clock that was wrong and does not
  /// count, where nobody saw it.
  package var lastAccounted: [RitualID: Instant]
  /// What the user has ordered, also what has ended since.
  package var orders: [Order]
  /// What was drawn from the decks.
  package var draws: Draws
  /// The timeout that is not over yet.
  package var timeout: Timeout?
  /// Which rituals the events of shared calendars are.
  package var names: [CalendarEvent: EventName]
  /// Notifications that were taken down, or replaced, after they had been shown, by the ritual that each was
  /// about: a daemon that ended at that moment may have left them on the screen.
  package private(set) var leftBehind: [Display: RitualID] = [:]
  /// Columns, such as `occurrence.phase`, that hold a word which this version does not know.
  package var unknownWords: Set<String> = []

  package init(
    open: [OpenOccurrence] = [], tracked: [RitualID: Tracking] = [:],
    lastAccounted: [RitualID: Instant] = [:], orders: [Order] = [], draws: Draws = Draws(),
    timeout: Timeout? = nil, names: [CalendarEvent: EventName] = [:]
  ) {
    self.open = open
    self.tracked = tracked
    self.lastAccounted = lastAccounted
    self.orders = orders
    self.draws = draws
    self.timeout = timeout
    self.names = names
  }

  /// Up to when each tracked ritual is accounted for at `now`, the time of the snapshot.
  package func accounted(at now: Instant) -> [RitualID: Instant] {
    var accounted: [RitualID: Instant] = [:]
    for (id, tracking) in tracked { accounted[id] = tracking.accounted(last: lastAccounted[id], at: now) }
    return accounted
  }

  /// The latest times that an occurrence was shown which are looked at for what was left behind: several
  /// hundred rituals may share one notification.
  package static let recentShowings = 1024
  /// The latest notifications that may be on the screen still: more than one transition takes down.
  private static let recentNotifications = 64

  /// Finds what may have been left behind among the latest occurrences that were shown, newest first.
  package mutating func findLeftBehind(among shown: some Sequence<(display: Display, ritual: RitualID)>) {
    var known: Set<Display> = []
    for item in open { if case .shown(let display) = item.phase { known.insert(display) } }
    let limit = known.count + Self.recentNotifications
    for (display, ritual) in shown where known.count < limit && known.insert(display).inserted {
      leftBehind[display] = ritual
    }
  }
}
