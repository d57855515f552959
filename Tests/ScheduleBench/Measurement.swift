import CivilTime
import HeapCount
import SchedulePeers
import Schedules

/// The cost of our search on one row.
struct Measurement {
  /// Nanoseconds from one occurrence to the next; nil if it is measured elsewhere or not supported.
  var ours: Double?
  var systemd: Double?
  var libical: Double?
  var dateutil: Double?
  /// Heap blocks in a walk of 10,000 steps: from 2026, and from 2045, where only the zone's rule applies.
  var allocations: (near: Int64, far: Int64) = (0, 0)
  /// The memory of the parsed schedule, including its heap blocks.
  var bytes = 0
  /// True if systemd's walk ended at the same time as ours.
  var isAgreed = true

  var peers: [Double] { [systemd, libical, dateutil].compactMap(\.self) }
}

/// Walks from occurrence to occurrence and measures the time.
struct Walker {
  let zone: Zone
  let zones: any ZoneSource
  static let steps = 2000
  static let rounds = 9

  func base(_ year: Int) -> Instant {
    let date = CivilDate(year: year, month: year == 2072 ? 3 : 11, day: year == 2072 ? 1 : 27)
    guard let date, let midnight = CivilDateTime(date, hour: 0, minute: 0) else { return Instant(seconds: 0) }
    return zone.instant(for: midnight)
  }

  func measure(_ row: Row, dateutil: Double?) -> Measurement {
    var result = Measurement()
    result.dateutil = dateutil
    result.libical = Self.median { peers_walk_libical(row.start, row.rule, Int32(Self.steps)) }
    guard let schedule = try? Schedule(parsing: row.text, zones: zones) else { return result }
    let base = base(row.year)
    let (count, last) = row.kind == .far ? walk(schedule, base, 1) : walk(schedule, base, Self.steps)
    guard count > 0 else { return result }
    // Short walks are repeated until there is enough to time.
    let repeats = max(1, Self.steps / count)
    for _ in 0..<repeats { _ = walk(schedule, base, count) }
    result.ours = Self.median {
      ContinuousClock().measure { for _ in 0..<repeats { _ = walk(schedule, base, count) } }.seconds
        / Double(repeats * count)
    }
    if row.kind != .rule {
      var end: Int64 = 0
      result.systemd = Self.median {
        // It is slow enough to be timed with fewer repetitions.
        let repeats = max(1, repeats / 8)
        var sum = 0.0
        for _ in 0..<repeats { sum += peers_walk_systemd(row.name, base.microseconds, Int32(count), &end) }
        return sum / Double(repeats)
      }
      result.isAgreed = result.systemd == nil || end == last.microseconds
    }
    result.allocations = (allocations(schedule, 2026), allocations(schedule, 2045))
    result.bytes = size(row)
    return result
  }

  /// Goes up to some steps ahead; returns their number and the end.
  private func walk(_ schedule: Schedule, _ base: Instant, _ steps: Int) -> (count: Int, last: Instant) {
    var instant = base
    for step in 0..<steps {
      guard let next = schedule.next(after: instant, in: zone) else { return (step, instant) }
      instant = next
    }
    return (steps, instant)
  }

  private func allocations(_ schedule: Schedule, _ year: Int) -> Int64 {
    let base = base(year)
    let count = max(1, walk(schedule, base, 10_000).count)
    let before = heap_allocations()
    for _ in 0..<max(1, 10_000 / count) { _ = walk(schedule, base, count) }
    return heap_allocations() - before
  }

  private func size(_ row: Row) -> Int {
    let count = 1000
    var schedules: [Schedule] = []
    schedules.reserveCapacity(count)
    let before = heap_bytes()
    for _ in 0..<count {
      if let schedule = try? Schedule(parsing: row.text, zones: zones) { schedules.append(schedule) }
    }
    return withExtendedLifetime(schedules) {
      MemoryLayout<Schedule>.stride + Int(heap_bytes() - before) / count
    }
  }

  /// The median of several rounds in nanoseconds; nil if a round failed.
  private static func median(_ seconds: () -> Double) -> Double? {
    var found: [Double] = []
    for _ in 0..<rounds {
      let time = seconds()
      guard time > 0 else { return nil }
      found.append(time * 1e9)
    }
    return found.sorted()[rounds / 2]
  }
}

extension Duration {
  fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
