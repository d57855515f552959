import CivilTime
import Engine
import Rituals
import SimulationRig
import Testing

@Suite("Schedules that are heard of after they were made")
struct LateNewsTests {
  @Test(
    "What came since is late, and what came before does not count",
    arguments: [
      (time(7, 55), true), (time(8, 4, 59), true), (time(8, 5), false), (time(8, 10), false),
      (time(9), false),
      (nil, false),
    ])
  func isLate(since: Instant?, isShown: Bool) throws {
    var scene = Scene([])
    scene.configure([try ritual(since: since)], at: time(8, 10))
    #expect(scene.happenings == (isShown ? [.due] : []))
    #expect(scene.shown.map(\.occurrence.scheduled) == (isShown ? [time(8, 5)] : []))

    var off = Scene([])
    off.restart(at: time(8, 10), configured: [try ritual(since: since)])
    #expect(off.shown.map(\.occurrence.scheduled) == (isShown ? [time(8, 5)] : []))
  }

  @Test("What the former schedule brought does not come again by the new one")
  func once() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 6))
    scene.play(.answered(try id("kiss"), .done))
    let changed = try ritual("kiss", "08,20:05", since: time(8))
    var off = scene
    scene.configure([changed], at: time(8, 10))
    off.restart(at: time(8, 10), configured: [changed])
    #expect(scene.happenings == [] && off.happenings == [])
    #expect(scene.engine.nextDeadline == time(20, 5) && off.engine.nextDeadline == time(20, 5))
  }

  @Test("One that was moved to an earlier time while the daemon was off comes late, and is not lost")
  func moved() throws {
    var scene = Scene([try ritual("kiss", "20:00")])
    scene.restart(at: time(8, 10), configured: [try ritual("kiss", "08:05", since: time(7, 50))])
    #expect(scene.shown.map(\.occurrence.scheduled) == [time(8, 5)])
  }

  @Test("What would be too late was missed by nobody")
  func old() throws {
    var scene = Scene([])
    let hourly = try ritual("hourly", "hourly", since: time(0, day: -400))
    scene.configure([hourly], at: time(11, 30))
    #expect(scene.recorded.map(\.occurrence.scheduled) == [time(10), time(11)])
    #expect(scene.happenings == [.missed(.absent, count: 1), .due])

    var always = Scene([])
    always.configure(
      [try ritual("weekly", "weekly", since: time(0, day: -400), missed: .always)], at: time(11, 30))
    #expect(always.recorded.count == 4)
    #expect(always.shown.count == 1)
  }
}
