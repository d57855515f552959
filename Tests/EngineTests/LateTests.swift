import CivilTime
import Engine
import Rituals
import Schedules
import SimulationRig
import Testing

@Suite("What came while nobody looked")
struct LateTests {
  struct Lateness: Sendable, CustomTestStringConvertible {
    let policy: MissedPolicy
    let late: Int64
    let isShown: Bool
    var testDescription: String { "\(policy), \(late) µs late" }
  }

  @Test(
    "A late reminder is shown or missed by the ritual's policy",
    arguments: [
      Lateness(policy: .standard, late: 7_200_000_000, isShown: true),
      Lateness(policy: .standard, late: 7_200_000_001, isShown: false),
      // A busy machine is not an absence: a minute is always granted.
      Lateness(policy: .never, late: 60_000_000, isShown: true),
      Lateness(policy: .never, late: 60_000_001, isShown: false),
      Lateness(policy: .within(TimeSpan(microseconds: 0)), late: 60_000_000, isShown: true),
      Lateness(policy: .always, late: 80_000_000_000, isShown: true),
    ])
  func policy(_ lateness: Lateness) throws {
    let ritual = try ritual(missed: lateness.policy)
    let woken = time(8, 5).advanced(byMicroseconds: lateness.late)

    var asleep = Scene([ritual])
    asleep.play(.timePassed, at: woken)
    #expect(asleep.happenings == [lateness.isShown ? .due : .missed(.absent, count: 1)])
    #expect(asleep.shown.count == (lateness.isShown ? 1 : 0))

    var off = Scene([ritual])
    off.restart(at: woken)
    #expect(off.happenings == asleep.happenings)
    #expect(off.shown.count == asleep.shown.count)
  }

  @Test("After a long sleep the latest is shown and every older one is told as missed")
  func latestOnly() throws {
    var scene = Scene([try ritual("hourly", "hourly")], at: time(7, 30))
    scene.play(.timePassed, at: time(11, 30))
    #expect(scene.recorded.map(\.occurrence.scheduled) == [time(8), time(9), time(10), time(11)])
    #expect(scene.happenings == Array(repeating: .missed(.absent, count: 1), count: 3) + [.due])
    #expect(scene.shown.map(\.occurrence.scheduled) == [time(11)])
  }

  @Test("A long absence is told in bounded words, and none is left out of the count")
  func longAbsence() throws {
    var scene = Scene([try ritual("minutely", "minutely")], at: time(7, 0, 30))
    scene.play(.timePassed, at: time(7, 0, 30, day: 1))
    let missed = scene.happenings.compactMap { if case .missed(_, let count) = $0 { count } else { nil } }
    #expect(missed.count == 101)
    #expect(missed.reduce(0, +) == 24 * 60 - 1)
    #expect(scene.shown.map(\.occurrence.scheduled) == [time(7, day: 1)])
  }

  @Test(
    "A snooze that ends in one's absence follows the policy too",
    arguments: [(time(10, 59), true), (time(11, 1), false)])
  func snoozeEndsInAbsence(woken: Instant, isShown: Bool) throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.answered(try id("kiss"), .snooze(until: time(9))))
    scene.restart(at: woken)
    #expect(scene.happenings == [isShown ? .due : .missed(.absent, count: 1)])
    #expect(scene.shown.count == (isShown ? 1 : 0))
  }

  @Test("A new ritual has no past")
  func noPast() throws {
    let scene = Scene([try ritual()], at: time(8, 6))
    #expect(scene.journal.entries.isEmpty)
    #expect(scene.engine.nextDeadline == time(8, 5, day: 1))
  }
}
