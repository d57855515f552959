import CivilTime
import Schedules
import ZoneRig

/// Occurrences of schedules as texts, for tables of expected results.
package enum Occurrences {
  /// An error for a text that is no time.
  private struct NoTime: Error { let text: String }

  /// The occurrences of a text of the schedule language after a time, both on the clock of a zone.
  package static func next(
    _ text: String, from: String, zone: String = "Europe/Berlin", count: Int = 1
  ) throws -> [String] {
    let zones = TestZones.all()
    let zone = try zones.zone(named: zone)
    let schedule = try Schedule(parsing: text, zones: zones)
    guard var instant = Instant(parsing: from, in: zone) else { throw NoTime(text: from) }
    var found: [String] = []
    while found.count < count, let next = schedule.next(after: instant, in: zone) {
      found.append(next.formatted(in: zone))
      instant = next
    }
    return found
  }
}
