import CivilTime
import Engine
import Rituals
import Testing
import ZoneRig

@Suite("Several at once, leads and nudges")
struct TogetherTests {
  let notification = NotificationID(server: "bus/:1.1", number: 1)

  @Test("Up to three of a minute are shown each; more are one notification", arguments: 1...6)
  func summary(count: Int) throws {
    let ids = ["a", "b", "c", "d", "e", "f"].prefix(count)
    var scene = Scene(try ids.map { try ritual($0) })
    scene.play(.timePassed, at: time(8, 5))
    #expect(scene.shown.map(\.kind) == (count > 3 ? [.summary] : Array(repeating: .ritual, count: count)))
    #expect(Set(scene.shown.flatMap { $0.items.map(\.title) }) == Set(ids.map { "The \($0)" }))
    scene.acknowledge()
    #expect(scene.engine.openOccurrences.count == count)
  }

  @Test("One that comes later in the same minute joins the others, in their place")
  func joins() throws {
    var rituals = try ["a", "b", "c"].map { try ritual($0) }
    rituals += [try ritual("d", "08:05:30"), try ritual("e", "08:05:40")]
    var scene = Scene(rituals)
    scene.play(.timePassed, at: time(8, 5))
    scene.acknowledge()
    scene.play(.timePassed, at: time(8, 5, 30))
    #expect(scene.shown.map(\.kind) == [.summary])
    #expect(scene.shown[0].items.count == 4)
    #expect(scene.shown[0].replacing != nil)
    #expect(scene.seen.count == 3, "one is replaced, two are closed")
    let number = try #require(scene.shown[0].replacing)
    scene.acknowledge()
    scene.play(.timePassed, at: time(8, 5, 40))
    #expect(scene.shown.map(\.replacing) == [number])
    #expect(scene.shown[0].items.count == 5)
    #expect(scene.seen.count == 1)
  }

  @Test("A click on the body of a summary, which some servers tell of unasked, answers none of it")
  func bodyClick() throws {
    var scene = Scene(try ["a", "b", "c", "d"].map { try ritual($0) })
    scene.pass(until: time(8, 5))
    scene.play(.pressed(notification, .body))
    #expect(scene.recorded.isEmpty)
    scene.play(.pressed(notification, .done))
    #expect(scene.happenings == Array(repeating: .done(by: .notification), count: 4))
  }

  @Test("A ritual that comes again within the minute counts once")
  func again() throws {
    var scene = Scene(try ["a", "b", "c"].map { try ritual($0, "*:*:0/10") })
    for second in [0, 10, 20, 30, 40] {
      scene.play(.timePassed, at: time(8, 5, second))
      #expect(scene.shown.map(\.kind) == [.ritual, .ritual, .ritual])
      scene.acknowledge()
    }
  }

  @Test("A summary whose last but one is answered is an ordinary reminder again")
  func shrinks() throws {
    var scene = Scene(try ["a", "b", "c", "d"].map { try ritual($0) })
    scene.pass(until: time(8, 5))
    for name in ["a", "b", "c"] {
      scene.play(.answered(try id(name), .done))
      #expect(scene.shown.map(\.replacing) == [notification])
      if name != "c" { scene.acknowledge() }
    }
    #expect(scene.shown.map(\.kind) == [.ritual])
    #expect(scene.shown.map(\.title) == ["The d"])
  }

  @Test("A summary survives a restart as one notification")
  func restart() throws {
    var scene = Scene(try ["a", "b", "c", "d"].map { try ritual($0) })
    scene.pass(until: time(8, 5))
    scene.restart(at: time(8, 6))
    #expect(scene.shown.map(\.replacing) == [notification])
    #expect(scene.shown[0].items.count == 4)
    #expect(scene.recorded.isEmpty)
  }

  @Test("An answer while a summary is on its way changes it when it is there")
  func stale() throws {
    var scene = Scene(try ["a", "b", "c", "d"].map { try ritual($0) })
    scene.play(.timePassed, at: time(8, 5))
    let sent = try #require(scene.shown.first)
    scene.play(.answered(try id("b"), .done))
    #expect(scene.seen.isEmpty)
    scene.play(.notifySucceeded(slot: sent.slot, notification))
    #expect(scene.shown.map(\.replacing) == [notification])
    #expect(scene.shown[0].items.map(\.title).count == 3)
  }

  @Test("What waited for a server while many came is one notification when there is one")
  func afterAbsence() throws {
    let rituals = try (0..<5).map { try ritual("r\($0)", "08:0\($0)") }
    var scene = Scene(rituals, server: nil)
    scene.pass(until: time(8, 30))
    scene.play(.serverAppeared("bus/:1.1"))
    #expect(scene.shown.map(\.kind) == [.summary])
    #expect(scene.shown[0].items.count == 5)
  }

  @Test("A lead comes before its time, and the ritual takes its place")
  func lead() throws {
    var scene = Scene([try ritual(lead: 30)])
    #expect(scene.engine.nextDeadline == time(7, 35))
    scene.play(.timePassed, at: time(7, 35))
    #expect(scene.recorded.isEmpty)
    #expect(scene.shown.map(\.kind) == [.lead])
    scene.acknowledge()
    scene.play(.timePassed, at: time(8, 5))
    #expect(scene.happenings == [.due])
    #expect(scene.shown.map(\.kind) == [.ritual])
    #expect(scene.shown.map(\.replacing) == [notification])
  }

  @Test("A lead is given once, also over a restart, and is replaced then too")
  func leadOverRestart() throws {
    var scene = Scene([try ritual(lead: 30)])
    scene.pass(until: time(7, 40))
    scene.restart(at: time(7, 45))
    #expect(scene.shown.map(\.replacing) == [notification], "taken over in place")
    scene.acknowledge()
    scene.play(.timePassed, at: time(8, 5))
    #expect(scene.shown.map(\.replacing) == [notification])
  }

  @Test("A lead that is not true any more leaves the screen")
  func leadOutdated() throws {
    let west = try TestZones.zone("America/New_York")
    let sooner = try ritual(lead: 30)
    let changes: [Event] = [
      .zoneChanged(west), .configured([try ritual("kiss", "09:05", lead: 30)], .standard),
    ]
    for change in changes {
      var scene = Scene([sooner])
      scene.pass(until: time(7, 40))
      scene.play(change)
      #expect(scene.seen == [.close(notification)])
    }
  }

  @Test("A lead that was put away does not come again; the ritual does")
  func leadDismissed() throws {
    var scene = Scene([try ritual(lead: 30)])
    scene.pass(until: time(7, 40))
    scene.play(.closed(notification, .dismissed))
    scene.restart(at: time(7, 45))
    #expect(scene.shown.isEmpty)
    scene.play(.timePassed, at: time(8, 5))
    #expect(scene.shown.map(\.kind) == [.ritual])
  }

  @Test("Of a lead that fell into a sleep only what is still early is said")
  func leadLate() throws {
    var scene = Scene([try ritual(lead: 30)])
    scene.play(.timePassed, at: time(8))
    #expect(scene.shown.map(\.kind) == [.lead])
    var other = Scene([try ritual(lead: 30)])
    other.play(.timePassed, at: time(8, 6))
    #expect(other.shown.map(\.kind) == [.ritual])
  }

  @Test("A ritual that is new within its lead is not announced at once")
  func leadOfNew() throws {
    let scene = Scene([try ritual(lead: 30)], at: time(7, 40))
    #expect(scene.engine.nextDeadline == time(8, 5))
  }

  @Test("In a quiet time there is no lead")
  func leadHeld() throws {
    var scene = Scene([try ritual(lead: 30)])
    scene.play(.circumstances([.locked]))
    scene.play(.timePassed, at: time(7, 35))
    #expect(scene.shown.isEmpty)
    scene.play(.circumstances([]), at: time(7, 40))
    #expect(scene.shown.isEmpty)
  }

  @Test("An unanswered reminder comes again as often as it was asked to, as a new notification")
  func nudges() throws {
    var scene = Scene([try ritual(nudge: Nudge(every: 900_000_000, times: 2))])
    scene.pass(until: time(8, 4))
    scene.play(.timePassed, at: time(8, 5))
    #expect(scene.shown.map(\.isNudge) == [false])
    scene.acknowledge()
    scene.play(.timePassed, at: time(8, 20))
    #expect(scene.happenings == [.nudged(1)])
    #expect(scene.seen.first == .close(notification))
    #expect(scene.shown.map(\.replacing) == [nil] && scene.shown.map(\.isNudge) == [true])
    scene.acknowledge()
    // Also when it was put away, and the second time is the last.
    scene.play(.closed(NotificationID(server: "bus/:1.1", number: 2), .dismissed))
    scene.play(.timePassed, at: time(8, 35))
    #expect(scene.happenings == [.nudged(2)])
    scene.acknowledge()
    #expect(scene.engine.nextDeadline == time(8, 5, day: 1))
  }

  @Test("Nudges are counted over a restart, and end with an answer")
  func nudgesOverRestart() throws {
    var scene = Scene([try ritual(nudge: Nudge(every: 900_000_000, times: 2))])
    scene.pass(until: time(8, 25))
    scene.restart(at: time(8, 26))
    scene.acknowledge()
    #expect(scene.engine.nextDeadline == time(8, 35))
    scene.play(.answered(try id("kiss"), .done))
    #expect(scene.engine.nextDeadline == time(8, 5, day: 1))
  }

  @Test("Nudges that passed in a sleep are left out, and none comes in a quiet time")
  func nudgesMissed() throws {
    var scene = Scene([try ritual(nudge: Nudge(every: 900_000_000, times: 4))])
    scene.pass(until: time(8, 5))
    scene.play(.timePassed, at: time(8, 52))
    #expect(scene.recorded.isEmpty && scene.shown.isEmpty)
    scene.play(.circumstances([.locked]))
    scene.play(.timePassed, at: time(9, 5))
    #expect(scene.recorded.isEmpty && scene.shown.isEmpty)
  }

  @Test("What was kept back is not nudged as soon as it is seen")
  func noNudgeAtOnce() throws {
    var scene = Scene([try ritual(nudge: Nudge(every: 900_000_000, times: 4))])
    scene.play(.circumstances([.locked]))
    scene.pass(until: time(8, 19))
    // At 8:20 it would be nudged for the first time.
    scene.play(.circumstances([]))
    scene.acknowledge()
    #expect(scene.happenings == [.shown(NotificationID(server: "bus/:1.1", number: 1))])
    #expect(scene.pass(until: time(8, 34)).isEmpty)
    #expect(scene.pass(until: time(8, 36)).map(\.happening).first == .nudged(2))
  }

  @Test("What was kept back is not nudged for the time that it was not seen")
  func nudgesAfterHold() throws {
    var scene = Scene([try ritual(nudge: Nudge(every: 900_000_000, times: 4))])
    scene.play(.circumstances([.locked]))
    scene.pass(until: time(8, 40))
    scene.play(.circumstances([]))
    #expect(scene.shown.count == 1)
    scene.acknowledge()
    #expect(scene.happenings == [.shown(NotificationID(server: "bus/:1.1", number: 1))])
    #expect(scene.engine.nextDeadline == time(8, 50))
  }

  @Test("After a snooze the count begins anew")
  func nudgesAfterSnooze() throws {
    var scene = Scene([try ritual(nudge: Nudge(every: 900_000_000, times: 1))])
    scene.pass(until: time(8, 20))
    scene.play(.answered(try id("kiss"), .snooze(until: time(9))))
    scene.pass(until: time(9))
    #expect(scene.engine.nextDeadline == time(9, 15))
  }
}
