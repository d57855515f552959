import CivilTime
import Engine
import Rituals
import SimulationRig
import Testing

@Suite("Rituals whose file is away")
struct AbsenceTests {
  let notification = NotificationID(server: "bus/:1.1", number: 1)

  /// Away at an instant: in the daemon that runs, or found so by one that starts.
  private func takeAway(_ scene: inout Scene, at instant: Instant, isRestart: Bool) {
    if isRestart {
      scene.restart(at: instant, configured: [])
    } else {
      scene.configure([], at: instant)
    }
    #expect(scene.recorded.isEmpty)
  }

  @Test(
    "What is on the screen stays there, is answered, and goes on when the file is back",
    arguments: [false, true])
  func shown(isAnswered: Bool) throws {
    let kiss = try ritual()
    var scene = Scene([kiss])
    scene.pass(until: time(8, 6))
    takeAway(&scene, at: time(8, 10), isRestart: false)
    #expect(scene.seen.isEmpty)
    #expect(scene.engine.absences == [kiss.id: time(8, 10, day: 31)])
    if isAnswered {
      scene.play(.pressed(notification, .snooze(0)))
      #expect(scene.happenings == [.snoozed(until: time(8, 20), by: .notification)])
    }
    scene.configure([kiss], at: time(8, 11))
    #expect(scene.recorded.isEmpty && scene.seen.isEmpty)
    #expect(scene.engine.absences.isEmpty && scene.journal.tracked[kiss.id]?.away == nil)
    let phase: Phase = isAnswered ? .snoozed(until: time(8, 20)) : .shown(notification)
    #expect(scene.engine.openOccurrences.map(\.phase) == [phase])
  }

  @Test("What could not be shown before waits when the file is back, where something holds it by then")
  func heldWhenBack() throws {
    let kiss = try ritual(nudge: Nudge(every: 900_000_000, times: 2))
    var scene = Scene([kiss])
    scene.pass(until: time(8, 6))
    scene.play(.timePassed, at: time(8, 20))
    let nudge = try #require(scene.shown.first)
    scene.play(.notifyFailed(slot: nudge.slot, reason: "no reply"))
    takeAway(&scene, at: time(8, 21), isRestart: false)
    scene.play(.circumstances([.locked]))
    scene.configure([kiss], at: time(8, 22))
    #expect(scene.shown.isEmpty)
    scene.play(.circumstances([]), at: time(8, 23))
    #expect(scene.shown.map(\.occurrence.ritual) == [kiss.id])
  }

  @Test("A snooze and a pause stay, over a restart too", arguments: [false, true])
  func ordered(isRestart: Bool) throws {
    let kiss = try ritual()
    var scene = Scene([kiss])
    scene.pass(until: time(8, 6))
    scene.play(.answered(kiss.id, .snooze(until: time(9))))
    scene.play(.ordered(Order(.pause(kiss.id), since: time(8, 7))))
    takeAway(&scene, at: time(8, 10), isRestart: isRestart)
    if isRestart { scene.restart(at: time(8, 20), configured: []) }
    scene.configure([kiss], at: time(8, 30))
    #expect(scene.recorded.isEmpty)
    #expect(scene.engine.openOccurrences.map(\.phase) == [.snoozed(until: time(9))])
    #expect(scene.engine.standingOrders.map(\.subject) == [.pause(kiss.id)])
  }

  @Test(
    "What comes meanwhile is late when it is back, and nothing is shown before", arguments: [false, true])
  func late(isRestart: Bool) throws {
    let kiss = try ritual()
    var scene = Scene([kiss])
    takeAway(&scene, at: time(8), isRestart: isRestart)
    #expect(scene.pass(until: time(9)).isEmpty)
    scene.configure([kiss])
    #expect(scene.happenings == [.due])
    #expect(scene.shown.count == 1)
  }

  @Test(
    "One that waited for a server, or was refused by it, is shown when it is back", arguments: [false, true])
  func waiting(isRefused: Bool) throws {
    let kiss = try ritual()
    var scene = Scene([kiss], server: isRefused ? "bus/:1.1" : nil)
    scene.play(.timePassed, at: time(8, 5))
    if isRefused { scene.play(.notifyFailed(slot: scene.shown[0].slot, reason: "no reply")) }
    takeAway(&scene, at: time(8, 6), isRestart: false)
    scene.play(.serverAppeared("bus/:1.2"), at: time(8, 20))
    #expect(scene.shown.isEmpty)
    scene.configure([kiss], at: time(8, 30))
    #expect(scene.shown.count == 1)
  }

  @Test("A lead on its way when the file goes is known to a daemon that starts without it")
  func lead() throws {
    var scene = Scene([try ritual(lead: 30)])
    scene.play(.timePassed, at: time(7, 35))
    let sent = try #require(scene.shown.first)
    scene.configure([], at: time(7, 36))
    scene.play(.notifySucceeded(slot: sent.slot, notification))
    scene.restart(at: time(7, 40), configured: [])
    scene.play(.removed(try id("kiss")))
    #expect(scene.seen == [.close(notification)])
  }

  @Test("Private words leave a screen that is locked meanwhile")
  func lockedMeanwhile() throws {
    var scene = Scene([try ritual(isPrivate: true)])
    scene.pass(until: time(8, 6))
    scene.configure([], at: time(8, 10))
    scene.play(.circumstances([.locked]))
    #expect(scene.shown.map(\.isDiscreet) == [true])
    #expect(scene.shown.map(\.replacing) == [notification])
  }

  @Test("Reminders that a pause held come together, also where it ended while their files were away")
  func pauseEnded() throws {
    let rituals = [try ritual("kiss"), try ritual("hug")]
    var scene = Scene(rituals)
    scene.pass(until: time(8, 5))
    scene.play(.ordered(Order(.pause(nil), since: time(8, 6))), at: time(8, 6))
    scene.configure([], at: time(8, 7))
    scene.play(.revoked(.pause(nil)), at: time(8, 8))
    scene.configure(rituals, at: time(8, 9))
    #expect(scene.shown.map(\.kind) == [.digest])
  }

  @Test("It is over when the user removes it, and when it was away for 31 days", arguments: [false, true])
  func over(isRestart: Bool) throws {
    let kiss = try id("kiss")
    for isRemoved in [true, false] {
      var scene = Scene([try ritual()])
      scene.pass(until: time(8, 6))
      takeAway(&scene, at: time(8, 10), isRestart: isRestart)
      let end = isRemoved ? time(8, 20) : time(8, 10, day: 31)
      #expect(scene.pass(until: end.advanced(byMicroseconds: -1)).isEmpty)
      scene.play(isRemoved ? .removed(kiss) : .timePassed, at: end)
      #expect(scene.happenings == [.expired(.removed)])
      #expect(scene.seen == [.close(notification)])
      #expect(scene.journal.tracked.isEmpty && scene.engine.absences.isEmpty)
      #expect(scene.engine.nextDeadline == nil)
    }
  }

  @Test("It does not end at a start or when the clock is set, but an hour later", arguments: [false, true])
  func clock(isRestart: Bool) throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 6))
    // A machine that starts in 1970, and its home is mounted late.
    scene.restart(at: Instant(seconds: 60), configured: [])
    if isRestart { scene.restart(at: time(8, 10)) } else { scene.setClock(to: time(8, 10)) }
    #expect(scene.recorded.isEmpty)
    #expect(scene.engine.absences == [try id("kiss"): time(9, 10)])
    #expect(scene.pass(until: time(9, 10)).map(\.happening) == [.expired(.removed)])
  }

  @Test("While a file cannot be read nothing is away; what was stays so")
  func unreadable() throws {
    let kiss = try ritual()
    var scene = Scene([kiss])
    scene.play(.configured([], .standard, isComplete: false), at: time(8))
    #expect(scene.engine.absences.isEmpty && scene.engine.unread == [kiss.id])
    #expect(scene.engine.nextDeadline == nil)
    scene.configure([], at: time(9))
    #expect(scene.engine.absences == [kiss.id: time(9, day: 31)])
    scene.play(.configured([], .standard, isComplete: false), at: time(10))
    #expect(scene.engine.absences == [kiss.id: time(9, day: 31)])
  }
}
