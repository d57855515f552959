import CivilTime
import Engine
import Glibc
import HeapCount
import Rituals
import Schedules
import SystemZones

// Measures the engine with 10² to 10⁵ rituals: the time to configure them, the memory of each
// beside the ritual itself, and the cost of a reminder from its time to its answer. Run by
// scripts/bench-engine.

func fail(_ text: String) -> Never {
  print(text)
  exit(EXIT_FAILURE)
}

/// CLOCK_MONOTONIC in nanoseconds.
func nanoseconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

struct NoZones: ZoneSource {
  func zone(named name: String) throws(ZoneError) -> Zone { throw .unknown(name: name) }
}

let begin = Instant(seconds: 1_795_737_600)

func rituals(_ count: Int) throws -> [Ritual] {
  try (0..<count).map { number in
    guard let id = RitualID("ritual-\(number)") else { fail("no id") }
    let schedule = "*-*-* \(number / 60 % 24):\(number % 60):\(number / 1440 % 60)"
    return Ritual(
      id: id, title: "A ritual of ours", schedule: try Schedule(parsing: schedule, zones: NoZones()))
  }
}

/// The costs of one size.
struct Costs {
  var load = 0.0
  var bytes = 0
  var firing = 0.0
}

func measure(_ count: Int, in zone: Zone) throws -> Costs {
  let rituals = try rituals(count)
  var costs = Costs()
  let before = Int(heap_bytes())
  let start = nanoseconds()
  var engine = Engine(zone: zone, snapshot: Snapshot())
  _ = engine.handle(.configured(rituals, .standard), at: begin)
  _ = engine.handle(.serverAppeared("bus"), at: begin)
  costs.load = nanoseconds() - start
  costs.bytes = withExtendedLifetime(rituals) { (Int(heap_bytes()) - before) / count }

  let firings = 2_000
  var number: UInt32 = 0
  let first = nanoseconds()
  for _ in 0..<firings {
    guard let now = engine.nextDeadline else { fail("nothing is due") }
    for case .show(let reminder) in engine.handle(.timePassed, at: now) {
      number += 1
      let notification = NotificationID(server: "bus", number: number)
      _ = engine.handle(.notifySucceeded(slot: reminder.slot, notification), at: now)
      _ = engine.handle(.pressed(notification, .done), at: now)
    }
  }
  costs.firing = (nanoseconds() - first) / Double(firings)
  return costs
}

func verdict(_ value: Double, _ target: Double) -> String {
  "   target: \(Int(target)): \(value <= target ? "ok" : "MISSED")"
}

func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }

do {
  let zone = try SystemZones(environment: { _ in nil }).zone(named: "Europe/Berlin")
  _ = try measure(100, in: zone)
  for count in [100, 1_000, 10_000, 100_000] {
    let costs = try measure(count, in: zone)
    let isLargest = count == 100_000
    print("\(count) rituals")
    print(
      "  taken up: \(rounded(costs.load / 1e6)) ms\(isLargest ? verdict(costs.load / 1e6, 2000) : "")")
    print("  kept of each: \(costs.bytes) bytes\(verdict(Double(costs.bytes), 300))")
    print("  from its time to its answer: \(rounded(costs.firing / 1e3)) µs")
  }
} catch {
  fail("\(error)")
}
