import CivilTime
import Engine
import Rituals
import Testing

@Suite("Notification servers that come and go")
struct ServerTests {
  let notification = NotificationID(server: "bus/:1.1", number: 1)

  @Test("Without a server a reminder waits, says so once, and is shown when one appears")
  func waits() throws {
    var scene = Scene([try ritual()], server: nil)
    scene.play(.timePassed, at: time(8, 5))
    #expect(scene.happenings == [.due, .undelivered(reason: "there is no notification server")])
    #expect(scene.seen == [.seekServer])
    scene.play(.serverIsAbsent)
    #expect(scene.recorded.isEmpty && scene.seen.isEmpty)
    scene.play(.serverAppeared("bus/:1.7"), at: time(9))
    #expect(scene.recorded.isEmpty)
    #expect(scene.shown.count == 1)
  }

  @Test("The reason why nothing can be shown is the present one")
  func reasons() throws {
    var scene = Scene([try ritual(), try ritual("hug", "08:10")], server: nil)
    scene.play(.timePassed, at: time(8, 5))
    scene.play(.serverAbsent(reason: "switched off"))
    #expect(scene.recorded.isEmpty)
    scene.play(.timePassed, at: time(8, 10))
    #expect(scene.happenings == [.due, .undelivered(reason: "switched off")])
  }

  @Test("A server that the user switches off and on again shows what is open, once, under its old number")
  func switchedOffAndOn() throws {
    var scene = Scene([try ritual()])
    scene.play(.timePassed, at: time(8, 5))
    scene.acknowledge()
    scene.play(.serverAbsent(reason: "switched off"))
    #expect(scene.shown.isEmpty && scene.recorded.isEmpty)
    scene.play(.serverAppeared("bus/:1.1"), at: time(8, 30))
    #expect(scene.shown.map(\.replacing) == [notification])
    // The server has forgotten that number.
    let again = NotificationID(server: "bus/:1.1", number: 2)
    scene.play(.notifySucceeded(slot: try #require(scene.shown.first).slot, again))
    #expect(scene.happenings == [.shown(again)])
    scene.play(.pressed(again, .done))
    #expect(scene.happenings == [.done(by: .notification)])
  }

  @Test("A reminder on its way to a server that goes waits for the next one")
  func lostOnTheWay() throws {
    var scene = Scene([try ritual()])
    scene.play(.timePassed, at: time(8, 5))
    scene.play(.serverIsAbsent)
    #expect(scene.happenings == [.undelivered(reason: "there is no notification server")])
    scene.play(.serverAppeared("bus/:1.2"))
    #expect(scene.shown.count == 1)
  }

  @Test("The next occurrence waits for the one on its way to a slow server, and takes its place")
  func slowServer() throws {
    var scene = Scene([try ritual("each", "*:*")])
    scene.play(.timePassed, at: time(7, 1))
    let first = try #require(scene.shown.first)
    scene.play(.timePassed, at: time(7, 2))
    #expect(scene.happenings == [.missed(.undelivered, count: 1), .due], "nobody has seen the first one")
    #expect(scene.seen.isEmpty)
    scene.play(.notifySucceeded(slot: first.slot, notification))
    #expect(scene.recorded.isEmpty, "what is on the screen is not what is due")
    #expect(scene.shown.map(\.replacing) == [notification])
    #expect(scene.shown.map(\.occurrence.scheduled) == [time(7, 2)])
    scene.acknowledge()
    #expect(scene.happenings == [.shown(notification)])
  }

  @Test("Where the one on its way is refused, the next occurrence is tried at once")
  func refusedOnTheWay() throws {
    var scene = Scene([try ritual("each", "*:*")])
    scene.play(.timePassed, at: time(7, 1))
    let first = try #require(scene.shown.first)
    scene.play(.timePassed, at: time(7, 2))
    scene.play(.notifyFailed(slot: first.slot, reason: "no reply"))
    #expect(scene.recorded.isEmpty)
    #expect(scene.shown.map(\.occurrence.scheduled) == [time(7, 2)])
    #expect(scene.shown.map(\.replacing) == [nil])
  }

  @Test("Where the one on its way is refused and the screen is locked, the next occurrence is kept back")
  func refusedWhileLocked() throws {
    var scene = Scene([try ritual("each", "*:*")])
    scene.play(.timePassed, at: time(7, 1))
    let first = try #require(scene.shown.first)
    scene.play(.timePassed, at: time(7, 2))
    scene.play(.circumstances([.locked]))
    scene.play(.notifyFailed(slot: first.slot, reason: "no reply"))
    #expect(scene.happenings == [.held(.locked)])
    #expect(scene.seen.isEmpty)
  }

  @Test("What is answered on its way to a slow server is taken down when it is there")
  func answeredOnTheWay() throws {
    var scene = Scene([try ritual()])
    scene.play(.timePassed, at: time(8, 5))
    let sent = try #require(scene.shown.first)
    scene.play(.answered(try id("kiss"), .done))
    #expect(scene.seen.isEmpty)
    scene.play(.notifySucceeded(slot: sent.slot, notification))
    #expect(scene.seen == [.close(notification)])
  }

  @Test("What comes after one that was answered on its way takes its place")
  func answeredAndNext() throws {
    var scene = Scene([try ritual("each", "*:*")])
    scene.play(.timePassed, at: time(7, 1))
    let sent = try #require(scene.shown.first)
    scene.play(.answered(try id("each"), .done))
    scene.play(.timePassed, at: time(7, 2))
    #expect(scene.happenings == [.due])
    #expect(scene.seen.isEmpty)
    scene.play(.notifySucceeded(slot: sent.slot, notification))
    #expect(scene.shown.map(\.replacing) == [notification])
    scene.acknowledge()
    #expect(scene.happenings == [.shown(notification)])
  }

  @Test("What was put away while it was on its way in other words is not tried again")
  func putAwayOnTheWay() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.ordered(Order(.discretion, since: time(8, 6))), at: time(8, 6))
    let sent = try #require(scene.shown.first)
    scene.play(.closed(notification, .dismissed))
    scene.play(.notifyFailed(slot: sent.slot, reason: "no reply"))
    #expect(scene.pass(until: time(12)).isEmpty)
    #expect(scene.engine.openOccurrences.map(\.phase) == [.closed])
  }

  @Test("A server that takes long is told of once, and not asked again")
  func delayed() throws {
    var scene = Scene([try ritual()])
    scene.play(.timePassed, at: time(8, 5))
    let sent = try #require(scene.shown.first)
    scene.play(.notifyDelayed(slot: sent.slot, reason: "slow"), at: time(8, 5, 5))
    #expect(scene.happenings == [.undelivered(reason: "slow")])
    #expect(scene.pass(until: time(12)).isEmpty)
    #expect(scene.seen.isEmpty)
    scene.play(.notifySucceeded(slot: sent.slot, notification))
    #expect(scene.happenings == [.shown(notification)])
    scene.play(.notifyDelayed(slot: sent.slot, reason: "slow"))
    #expect(scene.recorded.isEmpty)
  }

  @Test("At the start nobody has looked for a server yet, so nothing is said of its absence")
  func notLookedYet() throws {
    var scene = Scene([try ritual()])
    scene.restart(at: time(8, 5), server: nil)
    #expect(scene.happenings == [.due])
    scene.play(.serverAppeared("bus/:1.1"))
    #expect(scene.recorded.isEmpty)
    #expect(scene.shown.count == 1)
  }

  @Test("A reminder that waited for a server too long is missed, and not shown when one appears")
  func waitsTooLong() throws {
    var scene = Scene([try ritual()], server: nil)
    let entries = scene.pass(until: time(12))
    #expect(entries.last?.happening == .missed(.undelivered, count: 1))
    #expect(entries.last?.at == time(10, 5).advanced(byMicroseconds: 1))
    scene.play(.serverAppeared("bus/:1.7"))
    #expect(scene.seen.isEmpty)
  }

  @Test("What a server took with it is shown again on the next one, once")
  func serverRestarts() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.serverIsAbsent, at: time(8, 6))
    #expect(scene.recorded.isEmpty)
    #expect(scene.seen == [.seekServer])
    scene.play(.serverAppeared("bus/:1.2"), at: time(8, 7))
    #expect(scene.shown.map(\.replacing) == [nil])
    scene.acknowledge(server: "bus/:1.2")
    #expect(scene.happenings == [.shown(NotificationID(server: "bus/:1.2", number: 2))])
    #expect(scene.engine.nextDeadline == time(8, 5, day: 1))
  }

  @Test("A refusal is told once and tried again, later each time, until it is missed")
  func refused() throws {
    var scene = Scene([try ritual()])
    scene.play(.timePassed, at: time(8, 5))
    var waits: [Int64] = []
    while let sent = scene.shown.first {
      scene.play(.notifyFailed(slot: sent.slot, reason: "no reply"))
      #expect(scene.happenings == (waits.isEmpty ? [.undelivered(reason: "no reply")] : []))
      let deadline = try #require(scene.engine.nextDeadline)
      waits.append(scene.now.microseconds(until: deadline) / 1_000_000)
      scene.play(.timePassed, at: deadline)
    }
    #expect(waits.prefix(7) == [30, 60, 120, 240, 480, 600, 600])
    #expect(scene.happenings == [.missed(.undelivered, count: 1)])
  }

  @Test("Answered before its server is known again, it leaves the screen once that is")
  func answeredTooSoon() throws {
    for server in ["bus/:1.1", "bus/:1.2"] {
      var scene = Scene([try ritual()])
      scene.pass(until: time(8, 5))
      scene.restart(at: time(8, 6), server: nil)
      scene.play(.answered(try id("kiss"), .done))
      #expect(scene.seen.isEmpty)
      scene.play(.serverAppeared(server))
      #expect(scene.seen == (server == notification.server ? [.close(notification)] : []))
      scene.play(.serverAppeared(notification.server))
      #expect(scene.seen.isEmpty)
    }
  }

  @Test("A server that appears while one is asked for makes no second notification there")
  func noSecondSend() throws {
    var scene = Scene([try ritual()])
    scene.play(.timePassed, at: time(8, 5))
    let sent = try #require(scene.shown.first)
    scene.play(.notifySucceeded(slot: sent.slot, notification))
    scene.play(.notifySucceeded(slot: sent.slot, notification))
    #expect(scene.recorded.isEmpty && scene.seen.isEmpty)
  }

  @Test(
    "An old notification that is put away while the next occurrence takes its place does not take that along")
  func putAwayWhileReplaced() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.timePassed, at: time(8, 5, day: 1))
    let sent = try #require(scene.shown.first)
    scene.play(.closed(notification, .dismissed))
    scene.play(.notifySucceeded(slot: sent.slot, notification))
    #expect(scene.happenings == [.shown(notification)])
    #expect(scene.seen.isEmpty)
  }

  @Test("What a server refused is not tried again on a screen that was locked meanwhile")
  func refusedThenLocked() throws {
    var scene = Scene([try ritual()])
    scene.play(.timePassed, at: time(8, 5))
    scene.play(.notifyFailed(slot: try #require(scene.shown.first).slot, reason: "no reply"))
    scene.play(.circumstances([.locked]))
    scene.play(.timePassed, at: scene.engine.nextDeadline)
    #expect(scene.happenings == [.held(.locked)])
    #expect(scene.shown.isEmpty)
  }

  @Test("A lead that waited for a server is left out where it is quiet by then")
  func leadWaits() throws {
    var scene = Scene([try ritual(lead: 30)], server: nil)
    scene.play(.timePassed, at: time(7, 35))
    scene.play(.circumstances([.doNotDisturb]))
    scene.play(.serverAppeared("bus/:1.1"))
    #expect(scene.shown.isEmpty)
  }

  @Test("A server that goes with a reminder on its way may have died of it: another one is asked for later")
  func died() throws {
    var scene = Scene([try ritual()])
    scene.play(.timePassed, at: time(8, 5))
    #expect(scene.shown.count == 1)
    scene.play(.serverIsAbsent)
    #expect(scene.happenings == [.undelivered(reason: "there is no notification server")])
    #expect(scene.seen.isEmpty)
    scene.play(.timePassed, at: time(8, 5, 30))
    #expect(scene.seen == [.seekServer])
    // One that comes by itself is not kept waiting.
    scene.play(.serverAppeared("bus/:1.2"))
    #expect(scene.shown.count == 1)
  }
}
