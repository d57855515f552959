import CivilTime
import Engine
import Rituals
import SimulationRig
import Testing

@Suite("Clocks that are set, and zones that change")
struct ClockTests {
  @Test("A clock set back does not replay what was shown")
  func setBack() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.answered(try id("kiss"), .done))
    scene.play(.clockSet(handledAhead: scene.journal.shown(after: time(7))), at: time(7))
    #expect(scene.engine.nextDeadline == time(8, 5, day: 1))
    #expect(scene.pass(until: time(12)).isEmpty)
  }

  @Test("It does not either where the ritual is disabled meanwhile, and enabled again")
  func setBackWhileDisabled() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.answered(try id("kiss"), .done))
    scene.configure([try ritual(isEnabled: false)])
    scene.play(.clockSet(handledAhead: scene.journal.shown(after: time(7))), at: time(7))
    scene.configure([try ritual()], at: time(7, 30))
    #expect(scene.engine.nextDeadline == time(8, 5, day: 1))
  }

  @Test(
    "What a clock that ran ahead marked as missed comes at its real time, also over a restart",
    arguments: [false, true])
  func ranAhead(restarts: Bool) throws {
    var scene = Scene([try ritual()])
    scene.play(.clockSet(handledAhead: []), at: time(20))
    #expect(scene.happenings == [.missed(.absent, count: 1)])
    scene.play(.clockSet(handledAhead: scene.journal.shown(after: time(7))), at: time(7))
    if restarts { scene.restart(at: time(7, 30)) }
    #expect(scene.pass(until: time(8, 5)).map(\.happening).prefix(1) == [.due])
  }

  @Test("A daemon that starts before what it knows to be accounted for waits for the next new occurrence")
  func startsInThePast() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5, day: 1))
    scene.restart(at: time(7))
    #expect(scene.engine.nextDeadline == time(8, 5, day: 2))
  }

  @Test("A clock that is set twice does not bring back what came before the first time")
  func setTwice() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.answered(try id("kiss"), .done))
    scene.play(.clockSet(handledAhead: scene.journal.shown(after: time(7))), at: time(7))
    scene.play(.clockSet(handledAhead: scene.journal.shown(after: time(9))), at: time(9))
    #expect(scene.recorded.isEmpty && scene.seen.isEmpty)
    #expect(scene.engine.nextDeadline == time(8, 5, day: 1))
  }

  @Test("What is due but not on the screen yet when the clock is set back stays one reminder")
  func setBackWhileDue() throws {
    var scene = Scene([try ritual()], server: nil)
    scene.play(.timePassed, at: time(8, 5))
    scene.play(.clockSet(handledAhead: scene.journal.shown(after: time(7))), at: time(7))
    #expect(scene.pass(until: time(8, 30)).isEmpty)
    scene.play(.serverAppeared("bus/:1.1"))
    #expect(scene.shown.count == 1)
  }

  @Test("A clock set forward follows the missed policy, like a sleep")
  func setForward() throws {
    var scene = Scene([try ritual("kiss"), try ritual("hug", "11:00")])
    scene.play(.clockSet(handledAhead: []), at: time(11, 30))
    #expect(Set(scene.happenings) == [.missed(.absent, count: 1), .due])
    #expect(scene.shown.map(\.title) == ["The hug"])
  }
}
