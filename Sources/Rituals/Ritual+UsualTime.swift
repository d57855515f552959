package import CivilTime
import Schedules

extension Ritual {
  /// The time of the ritual's reminder on a day without a given time: the ritual's own time on that day, else
  /// the time of day at which it always comes, else, if it has no such time, nine in the morning.
  ///
  /// `date` is a day in `zone`, the user's.
  package func usualTime(on date: CivilDate, after now: Instant, in zone: Zone) -> Instant {
    let times = times(on: date, in: zone)
    if times.count == 1 { return times[0] }
    if times.isEmpty, let civil = usualTimeOfDay(after: now, in: zone)?.moved(to: date) {
      return (self.zone ?? zone).instant(for: civil)
    }
    // Every clock has 09:00.
    return zone.instant(for: CivilDateTime(date, hour: 9, minute: 0) ?? date.midnight)
  }

  /// At most two occurrences on a day.
  private func times(on date: CivilDate, in zone: Zone) -> [Instant] {
    let start = zone.instant(for: date.midnight)
    let end = zone.instant(for: CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1).midnight)
    var times: [Instant] = []
    var cursor = start.advanced(byMicroseconds: -1)
    while times.count < 2, let next = schedule.next(after: cursor, in: self.zone ?? zone), next < end {
      times.append(next)
      cursor = next
    }
    return times
  }

  /// The single time of day of the ritual's next occurrences, or of its last one if none follows; nil if
  /// there are several such times.
  private func usualTimeOfDay(after now: Instant, in zone: Zone) -> CivilDateTime? {
    let wall = self.zone ?? zone
    var occurrences: [Instant] = []
    var cursor = now
    while occurrences.count < Self.enough, let next = schedule.next(after: cursor, in: wall) {
      occurrences.append(next)
      cursor = next
    }
    if occurrences.isEmpty { occurrences = [schedule.previous(before: now, in: wall)].compactMap(\.self) }
    let civils = occurrences.map { wall.local(at: $0).civil }
    guard let first = civils.first else { return nil }
    return civils.allSatisfy { $0.moved(to: first.date) == first } ? first : nil
  }

  /// The number of occurrences that decide whether a ritual has a usual time: a week of a daily one.
  private static let enough = 7
}
