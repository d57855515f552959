package import CivilTime

/// The daemon's state in the journal at its start: everything that is carried over from one run to the next.
package struct Snapshot: Hashable, Sendable {
  /// Occurrences that have not ended, in the order they became due.
  package var open: [OpenOccurrence]
  /// The tracking of each ritual.
  package var tracked: [RitualID: Tracking]
  /// The latest scheduled instant that has an entry and is not after the start, by ritual. Entries that a
  /// wrong clock made, with a later time or one before the scheduled instant, do not count unless the user
  /// saw the reminder.
  package var lastAccounted: [RitualID: Instant]
  /// The user's orders, including those that have ended since.
  package var orders: [Order]
  /// The draws from the decks.
  package var draws: Draws
  /// The timeout that is not over yet; nil if there is none.
  package var timeout: Timeout?
  /// The ritual ids of the shared calendars' events.
  package var names: [CalendarEvent: EventName]
  /// Notifications that were closed or replaced after they were shown: a daemon that ended at that moment may
  /// have left them on the screen.
  package private(set) var leftBehind: Set<NotificationID> = []
  /// Columns, such as `occurrence.phase`, with a word that this version does not know.
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

  /// The instant up to which each tracked ritual is accounted for at `now`, the time of the snapshot.
  package func accounted(at now: Instant) -> [RitualID: Instant] {
    var accounted: [RitualID: Instant] = [:]
    for (id, tracking) in tracked { accounted[id] = tracking.accounted(last: lastAccounted[id], at: now) }
    return accounted
  }

  /// The number of latest showings that are searched for notifications left behind: several hundred rituals
  /// may share one notification.
  package static let recentShowings = 1024
  /// The number of latest notifications that may still be on the screen: one transition may close several.
  private static let recentNotifications = 64

  /// Finds the notifications that may be left behind among the latest showings, newest first.
  package mutating func findLeftBehind(among shown: [NotificationID]) {
    var known: Set<NotificationID> = []
    for item in open { if case .shown(let notification) = item.phase { known.insert(notification) } }
    let limit = known.count + Self.recentNotifications
    for notification in shown where known.count < limit && known.insert(notification).inserted {
      leftBehind.insert(notification)
    }
  }
}
