package import CivilTime
package import Schedules

/// The laws of every schedule, in every zone.
package enum ScheduleLaws {
  /// Goes some occurrences ahead and back from an instant. In an artificial zone whose changes come faster
  /// than its clocks can follow, it is enough that the search goes on and ends.
  package static func checkSearch(
    _ schedule: Schedule, from base: Instant, in zone: Zone, isInhabited: Bool = true
  ) {
    var point = base
    for _ in 0..<4 {
      guard let next = schedule.next(after: point, in: zone) else { break }
      check(next > point, "next after \(point) is \(next)")
      if isInhabited, let back = schedule.previous(before: next, in: zone) {
        check(back <= point, "\(back) lies between \(point) and its next, \(next)")
        check(schedule.next(after: back, in: zone) == next, "the next after \(back) is not \(next)")
      }
      point = next
    }
    point = base
    for _ in 0..<4 {
      guard let previous = schedule.previous(before: point, in: zone) else { break }
      check(previous < point, "previous before \(point) is \(previous)")
      point = previous
    }
  }
}
