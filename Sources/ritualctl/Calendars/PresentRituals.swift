import CivilTime
import Control
import ICalendar
import Rituals
import Schedules

/// The rituals that exist when others are imported.
struct PresentRituals {
  /// All rituals, as the daemon lists them.
  let listed: [Control.Ritual]
  /// The rituals in the configuration's files.
  let written: [Ritual]

  /// True if a ritual has the title and the times of an event. An export writes the same times in other
  /// words, and a list of schedules as several events, so the times are compared, and not the texts.
  func has(_ event: CalendarRitual, after now: Instant, _ local: Zone) -> Bool {
    let normalized = event.schedule.normalized
    return listed.contains { $0.title == event.title && $0.normalized == normalized }
      || written.contains { ritual in
        ritual.title == event.title
          && ([ritual.schedule] + ritual.schedule.separate).contains {
            comes(event.schedule, as: $0, of: ritual, after: now, local)
          }
      }
  }

  /// A remark on the ritual that an event was exported from, where it has another title or other times by
  /// now.
  func note(on event: CalendarRitual, from origin: String?) -> String? {
    guard let ritual = listed.first(where: { $0.id == origin }) else { return nil }
    return ritual.title == event.title
      ? "\(ritual.id) is there and comes at other times" : "\(ritual.id) is there and has another title"
  }

  /// The years from now at which times are compared: a rule may end later than the first of them.
  private static let years: [Int64] = [0, 1, 3, 10]

  private func comes(
    _ event: Schedule, as schedule: Schedule, of ritual: Ritual, after now: Instant, _ local: Zone
  ) -> Bool {
    let zone = ritual.zone ?? local
    // Some patterns are exported as the dates of a year; only these can be compared.
    let isOnlyAYear =
      schedule.eventDates(from: now, zone: ritual.zone, local: local).first?.isOnlyAYear ?? false
    return Self.years.prefix(isOnlyAYear ? 1 : Self.years.count).allSatisfy { years in
      let point = now.advanced(byMicroseconds: years * 366 * 86_400_000_000)
      var (ours, theirs) = (point, point)
      for _ in 0..<100 {
        let next = (ours: schedule.next(after: ours, in: zone), theirs: event.next(after: theirs, in: local))
        guard let our = next.ours, let their = next.theirs else {
          return next.theirs == nil && (next.ours == nil || isOnlyAYear && theirs > point)
        }
        // Calendars know whole seconds.
        guard our.microseconds / 1_000_000 == their.microseconds / 1_000_000 else { return false }
        (ours, theirs) = (our, their)
      }
      return true
    }
  }
}
