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
    scene.play(.clockSet(alreadyHandled: scene.journal.shown(after: time(7))), at: time(7))
    #expect(scene.engine.nextDeadline == time(8, 5, day: 1))
    #expect(scene.pass(until: time(12)).isEmpty)
  }

  @Test("It does not either where the ritual is disabled meanwhile, and enabled again")
  func setBackWhileDisabled() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.answered(try id("kiss"), .done))
    scene.configure([try ritual(isEnabled: false)])
    scene.play(.clockSet(alreadyHandled: scene.journal.shown(after: time(7))), at: time(7))
    scene.configure([try ritual()], at: time(7, 30))
    #expect(scene.engine.nextDeadline == time(8, 5, day: 1))
  }

  @Test(
    "What a clock that ran ahead marked as missed comes at its real time, also over a restart",
    arguments: [false, true])
  func ranAhead(restarts: Bool) throws {
    var scene = Scene([try ritual()])
    scene.play(.clockSet(alreadyHandled: []), at: time(20))
    #expect(scene.happenings == [.missed(.absent, count: 1)])
    scene.play(.clockSet(alreadyHandled: scene.journal.shown(after: time(7))), at: time(7))
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
    scene.play(.clockSet(alreadyHandled: scene.journal.shown(after: time(7))), at: time(7))
    scene.play(.clockSet(alreadyHandled: scene.journal.shown(after: time(9))), at: time(9))
    #expect(scene.recorded.isEmpty && scene.seen.isEmpty)
    #expect(scene.engine.nextDeadline == time(8, 5, day: 1))
  }

  @Test("What is due but not on the screen yet when the clock is set back is one reminder, at its time")
  func setBackWhileDue() throws {
    var scene = Scene([try ritual()], server: nil)
    scene.play(.timePassed, at: time(8, 5))
    scene.play(.clockSet(alreadyHandled: scene.journal.shown(after: time(7))), at: time(7))
    #expect(scene.pass(until: time(8, 4)).isEmpty)
    #expect(scene.pass(until: time(8, 30)).map(\.happening).first == .due)
    scene.play(.serverAppeared("bus/:1.1"))
    #expect(scene.shown.count == 1)
  }

  @Test(
    "What came unseen by a fast clock is taken back when that is put right, and comes at its time",
    arguments: [false, true])
  func takenBack(isOff: Bool) throws {
    // Nobody saw it: the screen was locked, or there was no server.
    for circumstances in [[.locked], []] as [Set<Circumstance>] {
      var scene = Scene([try ritual()], server: circumstances.isEmpty ? nil : "bus/:1.1")
      scene.play(.circumstances(circumstances))
      scene.setClock(to: time(8, 5, 10))
      #expect(scene.happenings.first == .due && scene.shown.isEmpty)
      if isOff { scene.restart(at: time(6, 35), server: nil) } else { scene.setClock(to: time(6, 35)) }
      #expect(scene.happenings == [.missed(.clock, count: 1)])
      scene.play(.circumstances([]))
      scene.play(.serverAppeared("bus/:1.1"))
      #expect(scene.shown.isEmpty)
      #expect(scene.engine.nextDeadline == time(8, 5))
      scene.play(.timePassed, at: time(8, 5))
      #expect(scene.happenings == [.due])
      #expect(scene.shown.count == 1)
    }
  }

  @Test("So is a snooze whose end came unseen", arguments: [false, true])
  func snoozeTakenBack(isOff: Bool) throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 6))
    scene.play(.answered(try id("kiss"), .snooze(until: time(10))))
    scene.play(.circumstances([.locked]))
    scene.setClock(to: time(10, 1))
    #expect(scene.happenings == [.due, .held(.locked)])
    if isOff { scene.restart(at: time(8, 30)) } else { scene.setClock(to: time(8, 30)) }
    scene.play(.circumstances([]))
    #expect(scene.shown.isEmpty)
    #expect(scene.engine.openOccurrences.map(\.phase) == [.snoozed(until: time(10))])
    scene.play(.timePassed, at: time(10))
    #expect(scene.shown.count == 1)
  }

  @Test("Taken back by a clock in 1970, it is late when that is put right, and not lost")
  func takenBackTooFar() throws {
    var scene = Scene([try ritual()], server: nil)
    scene.play(.timePassed, at: time(8, 5))
    scene.restart(at: Instant(seconds: 60), server: nil)
    #expect(scene.happenings == [.missed(.clock, count: 1)])
    scene.setClock(to: time(8, 6))
    #expect(scene.happenings.first == .due)
    scene.play(.serverAppeared("bus/:1.1"))
    #expect(scene.shown.map(\.occurrence.scheduled) == [time(8, 5)])
  }

  @Test(
    "What was missed by a clock that was years ahead comes when that is put right within `missed` of its time",
    arguments: [(time(8, 5, 25), true), (time(10, 5), true), (time(10, 5, 1), false)], [false, true])
  func yearsAhead(right: (at: Instant, isShown: Bool), isOff: Bool) throws {
    var scene = Scene([try ritual()], at: time(7, day: -1))
    scene.pass(until: time(8, 5, day: -1))
    scene.play(.answered(try id("kiss"), .done))
    scene.restart(at: time(7, 0, day: 730))
    #expect(scene.happenings.count == 2, "one line, and the latest")
    if isOff { scene.restart(at: right.at) } else { scene.setClock(to: right.at) }
    #expect(scene.happenings == [right.isShown ? .due : .missed(.absent, count: 1)])
    #expect(scene.shown.map(\.occurrence.scheduled) == (right.isShown ? [time(8, 5)] : []))
  }

  @Test(
    "A machine that starts by local time in its clock shows what that made it miss",
    arguments: [false, true])
  func dualBoot(isDone: Bool) throws {
    var scene = Scene([try ritual(missed: .never)])
    if isDone {
      scene.pass(until: time(8, 5, 5))
      scene.play(.answered(try id("kiss"), .done))
    }
    scene.restart(at: time(10, 5, 20))
    scene.setClock(to: time(8, 5, 40))
    #expect(scene.shown.count == (isDone ? 0 : 1))
    #expect(scene.happenings == (isDone ? [] : [.due]))
  }

  @Test("A start in 1970 tells nothing of the years that never happened, or one line of a new ritual")
  func startIn1970() throws {
    var known = Scene([try ritual()], at: time(7, day: -1))
    known.pass(until: time(8, 6, day: -1))
    known.play(.answered(try id("kiss"), .done))
    known.restart(at: Instant(seconds: 60))
    known.setClock(to: time(8, 6))
    #expect(known.happenings == [.due])

    var new = Scene([try ritual()], at: Instant(seconds: 60))
    new.setClock(to: time(7))
    #expect(new.recorded.count == 2)
    #expect(new.happenings.first == .missed(.absent, count: 20_783))
  }

  @Test("A clock set forward follows the missed policy, like a sleep")
  func setForward() throws {
    var scene = Scene([try ritual("kiss"), try ritual("hug", "11:00")])
    scene.play(.clockSet(alreadyHandled: []), at: time(11, 30))
    #expect(Set(scene.happenings) == [.missed(.absent, count: 1), .due])
    #expect(scene.shown.map(\.title) == ["The hug"])
  }
}
