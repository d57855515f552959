import CivilTime
import Engine
import Rituals
import SimulationRig
import Testing

@Suite("A timeout")
struct TimeoutTests {
  let notification = NotificationID(server: "bus/:1.1", number: 1)

  /// A rest from 20:00 on, with its soothing line put away.
  private func resting(_ rituals: [Ritual] = [], until: Instant = time(20, 20)) -> Scene {
    var scene = Scene(rituals, at: time(19))
    scene.play(.timeoutBegan(until: until, soothing: nil), at: time(20))
    return scene
  }

  /// The question is on the screen.
  private func asking(_ rituals: [Ritual] = []) -> Scene {
    var scene = resting(rituals)
    scene.pass(until: time(20, 20))
    return scene
  }

  @Test("It begins with a line to calm down by, which goes with the rest")
  func soothing() throws {
    var scene = Scene([])
    scene.play(.timeoutBegan(until: time(7, 20), soothing: "Breathe."))
    #expect(scene.shown.map(\.kind) == [.soothing])
    #expect(scene.shown.first?.timeout?.until == time(7, 20))
    #expect(scene.shown.first?.timeout?.soothing == "Breathe.")
    #expect(scene.journal.timeout == Timeout(since: time(7), until: time(7, 20)))
    scene.acknowledge()
    scene.play(.timePassed, at: time(7, 20))
    #expect(scene.seen.first == .close(notification))
    #expect(scene.shown.map(\.kind) == [.comeBack])
  }

  @Test("Where words are to be discreet or the screen is locked, no line is shown", arguments: [true, false])
  func discreet(isLocked: Bool) {
    var scene = Scene([])
    scene.play(isLocked ? .circumstances([.locked]) : .ordered(Order(.discretion, since: time(7))))
    scene.play(.timeoutBegan(until: time(7, 20), soothing: "Breathe."))
    #expect(scene.shown.isEmpty)
  }

  @Test("Nothing of it is shown, and nothing counts as missed; what was on the screen comes back")
  func holds() throws {
    var scene = Scene(
      [try ritual("open", "19:30"), try ritual("kiss", "20:05"), try ritual("late", "20:30")], at: time(19))
    scene.pass(until: time(19, 45))
    scene.play(.timeoutBegan(until: time(20, 20), soothing: nil), at: time(20))
    #expect(scene.happenings == [.held(.timeout)])
    #expect(scene.seen == [.close(notification)])
    #expect(scene.engine.wouldHold(try id("kiss"), at: time(20, 5)) == .timeout(until: time(20, 20)))
    let entries = scene.pass(until: time(20, 19))
    #expect(entries.map(\.happening) == [.skipped(by: .timeout)])
    scene.play(.timePassed, at: time(20, 20))
    #expect(Set(scene.shown.map(\.kind)) == [.comeBack, .ritual])
    scene.acknowledge()
    #expect(scene.pass(until: time(20, 30)).map(\.happening).first == .due)
  }

  @Test("What came during it while the daemon was away was left out too")
  func away() throws {
    var scene = resting([try ritual("kiss", "20:05"), try ritual("always", "20:06", missed: .always)])
    scene.restart(at: time(23))
    #expect(scene.happenings == [.skipped(by: .timeout), .skipped(by: .timeout)])
    #expect(scene.shown.map(\.kind) == [.comeBack])
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let button: Button
    /// The notification shown then, and the stage of the timeout.
    let shown: [Reminder.Kind]
    let stage: Timeout.Stage?
    let until: Instant
    var testDescription: String { name }
  }

  @Test(
    "The question is answered by Ready, by its body, or by ten more minutes",
    arguments: [
      Row(name: "Ready", button: .done, shown: [.repair], stage: .offering, until: time(20, 20)),
      Row(name: "body", button: .body, shown: [.repair], stage: .offering, until: time(20, 20)),
      Row(name: "more", button: .snooze(0), shown: [], stage: .resting, until: time(20, 35)),
      Row(name: "no button of it", button: .skip, shown: [], stage: .asking, until: time(20, 20)),
    ])
  func answers(_ row: Row) throws {
    var scene = asking()
    #expect(scene.journal.timeout?.notification == notification)
    scene.play(.pressed(notification, row.button), at: time(20, 25))
    #expect(scene.shown.map(\.kind) == row.shown)
    #expect(scene.journal.timeout?.stage == row.stage)
    #expect(scene.journal.timeout?.until == row.until)
    #expect(scene.seen.contains(.close(notification)) == (row.button != .skip))
  }

  @Test("Ten more minutes hold again, and then it asks again")
  func more() throws {
    var scene = asking([try ritual("kiss", "20:30")])
    scene.play(.pressed(notification, .snooze(0)), at: time(20, 25))
    #expect(scene.pass(until: time(20, 34)).map(\.happening) == [.skipped(by: .timeout)])
    scene.play(.timePassed, at: time(20, 35))
    #expect(scene.shown.map(\.kind) == [.comeBack])
  }

  @Test("Put away it does not ask again, but a late press counts; a repair is offered after a while, once")
  func putAway() {
    var scene = asking()
    scene.play(.closed(notification, .dismissed), at: time(20, 21))
    #expect(scene.journal.timeout?.stage == .asked)
    scene.restart(at: time(21))
    #expect(scene.shown.isEmpty)
    scene.play(.timePassed, at: time(8, 20, day: 1))
    #expect(scene.shown.map(\.kind) == [.repair])
    scene.acknowledge()
    scene.play(.closed(NotificationID(server: "bus/:1.1", number: 2), .dismissed))
    #expect(scene.journal.timeout == nil)
    scene.pass(until: time(20, day: 3))
    #expect(scene.shown.isEmpty)

    var late = asking()
    late.play(.closed(notification, .dismissed))
    late.play(.pressed(notification, .done))
    #expect(late.shown.map(\.kind) == [.repair])
  }

  @Test("Ended early, a repair is offered at once; ended again, nothing happens")
  func ended() {
    var scene = resting()
    scene.play(.timeoutEnded, at: time(20, 5))
    #expect(scene.shown.map(\.kind) == [.repair])
    #expect(scene.journal.timeout?.until == time(20, 5))
    scene.acknowledge()
    scene.play(.timeoutEnded)
    #expect(scene.seen.isEmpty && scene.recorded.isEmpty)
  }

  @Test("Begun again it lasts as long as the longer one; begun while it asks, it rests again")
  func again() {
    var scene = resting()
    scene.play(.timeoutBegan(until: time(20, 30), soothing: "x"), at: time(20, 10))
    #expect(scene.journal.timeout == Timeout(since: time(20), until: time(20, 30)))
    #expect(scene.shown.isEmpty)
    scene.play(.timeoutBegan(until: time(20, 29), soothing: nil), at: time(20, 11))
    #expect(scene.journal.timeout?.until == time(20, 30))
    scene.pass(until: time(20, 40))
    scene.play(.timeoutBegan(until: time(21), soothing: nil))
    #expect(scene.seen == [.close(notification)])
    #expect(scene.journal.timeout == Timeout(since: time(20, 40), until: time(21)))
  }

  @Test(
    "The repair opens its guide by Begin, and goes by Not now",
    arguments: [(Button.begin, true), (.body, true), (.skip, false)])
  func repair(button: Button, begins: Bool) {
    var scene = resting()
    scene.play(.timeoutEnded, at: time(20, 5))
    scene.acknowledge()
    scene.play(.pressed(notification, button))
    #expect(scene.seen.contains(.begin(guide: "repair")) == begins)
    #expect(scene.seen.contains(.close(notification)))
    #expect(scene.journal.timeout == nil && scene.engine.nextDeadline == nil)
  }

  @Test("The repair waits while everything is quiet, and lapses a day after the timeout")
  func repairHeld() {
    var scene = resting()
    scene.play(.circumstances([.doNotDisturb]))
    scene.play(.timeoutEnded, at: time(20, 5))
    #expect(scene.shown.isEmpty)
    scene.play(.circumstances([]), at: time(21))
    #expect(scene.shown.map(\.kind) == [.repair])
    var lapsed = resting()
    lapsed.play(.circumstances([.doNotDisturb]))
    lapsed.play(.timeoutEnded, at: time(20, 5))
    lapsed.pass(until: time(20, 5, day: 1))
    #expect(lapsed.journal.timeout == nil)
    lapsed.play(.circumstances([]))
    #expect(lapsed.shown.isEmpty)
  }

  @Test("The question waits for the screen to be unlocked, and for nothing else")
  func locked() {
    var scene = resting()
    scene.play(.circumstances([.locked, .doNotDisturb]))
    scene.play(.timePassed, at: time(20, 20))
    #expect(scene.shown.isEmpty)
    scene.play(.circumstances([.doNotDisturb]), at: time(20, 50))
    #expect(scene.shown.map(\.kind) == [.comeBack])
    scene.acknowledge()
    scene.play(.circumstances([.locked]))
    #expect(scene.shown.map(\.isDiscreet) == [true] && scene.shown.map(\.replacing) == [notification])
  }

  @Test(
    "A daemon that ends before its server answers forgets no question that is on the screen",
    arguments: [false, true])
  func leftWithoutServer(isBegunAnew: Bool) throws {
    var scene = asking()
    let question = try #require(scene.journal.timeout?.notification)
    if isBegunAnew {
      scene.restart(at: time(20, 30), server: nil)
      scene.play(.timeoutBegan(until: time(20, 50), soothing: nil))
    } else {
      // Two days later it is over by itself.
      scene.restart(at: time(20, day: 2), server: nil)
    }
    scene.restart(at: scene.now.advanced(byMicroseconds: 60_000_000), server: nil)
    scene.play(.serverAppeared("bus/:1.1"))
    #expect(scene.seen.contains(.close(question)))
    #expect(isBegunAnew || scene.journal.timeout == nil)
  }

  @Test("Killed at any time it asks once, in place where its question is on the screen")
  func restarts() {
    var scene = resting()
    scene.restart(at: time(20, 10))
    #expect(scene.seen.isEmpty)
    scene.pass(until: time(20, 20))
    scene.restart(at: time(20, 21))
    #expect(scene.shown.map(\.kind) == [.comeBack] && scene.shown.map(\.replacing) == [notification])
    scene.acknowledge()
    scene.play(.pressed(notification, .done))
    scene.acknowledge()
    scene.restart(at: time(20, 30))
    #expect(scene.shown.map(\.kind) == [.repair] && scene.shown.allSatisfy { $0.replacing != nil })
    // Started too late for it, it takes it away.
    scene.restart(at: time(21, day: 2), server: nil)
    #expect(scene.engine.timeout == nil)
    scene.play(.serverAppeared("bus/:1.1"))
    #expect(scene.journal.timeout == nil)
    #expect(scene.seen.contains { if case .close = $0 { true } else { false } } && scene.shown.isEmpty)
  }

  @Test(
    "Started late it asks, or offers the repair, or lets it be",
    arguments: [
      (time(20, 30), [Reminder.Kind.comeBack]), (time(8, 20, day: 1), [.repair]), (time(20, 20, day: 1), []),
    ])
  func late(start: Instant, shown: [Reminder.Kind]) {
    var scene = resting()
    scene.restart(at: start)
    #expect(scene.shown.map(\.kind) == shown)
  }

  @Test(
    "Without a notification server one is asked for, and the question comes with it; a new one gets it anew")
  func server() {
    var scene = Scene([], at: time(19), server: nil)
    scene.play(.timeoutBegan(until: time(20, 20), soothing: nil), at: time(20))
    scene.play(.timePassed, at: time(20, 20))
    #expect(scene.seen == [.seekServer])
    scene.play(.serverAppeared("bus/:1.1"))
    #expect(scene.shown.map(\.kind) == [.comeBack])
    scene.acknowledge()
    scene.play(.serverIsAbsent)
    #expect(scene.seen == [.seekServer])
    scene.play(.serverAppeared("bus/:1.2"))
    #expect(scene.shown.map(\.kind) == [.comeBack] && scene.shown.map(\.replacing) == [nil])
  }

  @Test("A line that nobody was there to show yet is shown when somebody is")
  func soothingLater() {
    var scene = Scene([], server: nil)
    scene.play(.timeoutBegan(until: time(7, 20), soothing: "Breathe."))
    scene.play(.serverAppeared("bus/:1.1"), at: time(7, 1))
    #expect(scene.shown.map(\.kind) == [.soothing])
    scene.acknowledge()
    scene.play(.serverIsAbsent)
    scene.play(.serverAppeared("bus/:1.2"))
    #expect(scene.shown.isEmpty)
  }

  @Test("A clock that is set back does not make it longer than was said")
  func clock() {
    var scene = resting()
    scene.play(.clockSet(alreadyHandled: []), at: time(3))
    #expect(scene.journal.timeout == Timeout(since: time(3), until: time(3, 20)))
    var asked = asking()
    asked.play(.clockSet(alreadyHandled: []), at: time(20, 10))
    #expect(asked.journal.timeout?.until == time(20, 10))
    #expect(asked.journal.timeout?.stage == .asking)
  }
}
