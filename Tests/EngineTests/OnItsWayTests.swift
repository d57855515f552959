import CivilTime
import Engine
import Rituals
import SimulationRig
import Testing

/// Faults that the simulation found once it judged the engine from outside.
@Suite("Notifications on their way to the screen")
struct OnItsWayTests {
  private func notification(_ number: UInt32) -> NotificationID {
    NotificationID(server: "bus/:1.1", number: number)
  }

  @Test("A press on what is being replaced answers what was seen, and not what comes in its place")
  func pressedOld() throws {
    var scene = Scene([try ritual("each", "*:*")])
    scene.pass(until: time(7, 1))
    scene.play(.timePassed, at: time(7, 2))
    #expect(scene.shown.map(\.replacing) == [notification(1)])
    let next = try #require(scene.shown.first)
    scene.play(.pressed(notification(1), .done))
    #expect(scene.recorded.isEmpty, "what was seen has ended, and what is to come was not seen")
    scene.play(.notifySucceeded(slot: next.slot, notification(1)))
    scene.play(.pressed(notification(1), .done))
    #expect(scene.happenings == [.done(by: .notification)])
  }

  @Test("What was refused is tried again after the notification before it was put away")
  func putAway() throws {
    var scene = Scene([try ritual("each", "*:*")])
    scene.pass(until: time(7, 1))
    scene.play(.timePassed, at: time(7, 2))
    let next = try #require(scene.shown.first)
    scene.play(.notifyFailed(slot: next.slot, reason: "no reply"))
    scene.play(.closed(notification(1), .dismissed))
    scene.play(.timePassed, at: scene.engine.nextDeadline)
    #expect(scene.shown.map(\.occurrence.scheduled) == [time(7, 2)])
    #expect(scene.shown.map(\.replacing) == [nil])
  }

  @Test("What waited behind another notification for longer than it keeps is not shown any more")
  func tooLate() throws {
    var scene = Scene([try ritual("kiss", "08,09:05", missed: .never)])
    scene.play(.timePassed, at: time(8, 5))
    let first = try #require(scene.shown.first)
    scene.play(.timePassed, at: time(9, 5))
    scene.play(.notifySucceeded(slot: first.slot, notification(1)), at: time(9, 30))
    #expect(scene.happenings == [.missed(.absent, count: 1)] && scene.shown.isEmpty)
    #expect(scene.closed == [notification(1)])
  }

  @Test("What nobody saw when the next one came was missed, and not left unanswered")
  func unseen() throws {
    var scene = Scene([try ritual("kiss", "08,09:05", missed: .always)], server: nil)
    scene.pass(until: time(9, 5))
    #expect(
      scene.journal.entries.map(\.happening).filter(\.isEnd) == [.missed(.undelivered, count: 1)])
  }

  @Test("A lead on its way is not taken for the reminder")
  func leadOnItsWay() throws {
    var scene = Scene([try ritual(lead: 10)])
    scene.play(.timePassed, at: time(7, 55))
    let lead = try #require(scene.shown.first)
    scene.play(.timePassed, at: time(8, 5))
    scene.play(.notifySucceeded(slot: lead.slot, notification(1)))
    #expect(scene.recorded.isEmpty, "the reminder was not shown yet")
    #expect(scene.shown.map(\.kind) == [.ritual])
  }

  @Test("What was on its way when its ritual went away, and is over, is closed when it has come")
  func overAndAway() throws {
    var scene = Scene([try ritual("each", "hourly")])
    scene.pass(until: time(8))
    scene.play(.timePassed, at: time(9))
    let sent = try #require(scene.shown.first)
    scene.play(.timePassed, at: time(10))
    scene.play(.configured([], .standard))
    scene.play(.notifySucceeded(slot: sent.slot, notification(1)))
    #expect(scene.seen == [.close(notification(1))])
    scene.configure([try ritual("each", "hourly")])
    #expect(scene.shown.map(\.occurrence.scheduled) == [time(10)])
  }

  @Test("A ritual that cannot be read keeps its place, and its title, in what is shown of several")
  func unread() throws {
    let rituals = try ["a", "b", "c", "d"].map { try ritual($0) }
    var scene = Scene(rituals)
    scene.pass(until: time(8, 5))
    scene.restart(at: time(8, 6), configured: [])
    scene.acknowledge()
    scene.configure(Array(rituals.dropLast()))
    scene.acknowledge()
    scene.play(.circumstances([.screenShared]))
    scene.acknowledge()
    scene.play(.circumstances([]))
    #expect(scene.shown.flatMap(\.items).map(\.title) == rituals.map(\.title))
  }
}

@Suite("What a daemon left on the screen")
struct LeftBehindTests {
  private let notification = NotificationID(server: "bus/:1.1", number: 1)

  /// A daemon that wrote its last words down, and ended before it did as they say.
  private func end(_ scene: inout Scene, _ event: Event, at instant: Instant) throws {
    scene.play(event, at: instant)
    scene.restart(at: instant)
  }

  @Test("The next reminder is alone on the screen, over a death between record and Notify")
  func replaced() throws {
    var scene = Scene([try ritual("each", "*:*", missed: .always)])
    scene.pass(until: time(7, 1))
    try end(&scene, .timePassed, at: time(7, 2))
    #expect(scene.shown.map(\.replacing) == [nil])
    #expect(scene.closed == [notification])
  }

  @Test("What was answered goes, over a death between record and closing")
  func answered() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    try end(&scene, .answered(try id("kiss"), .done), at: time(8, 6))
    #expect(scene.closed == [notification] && scene.shown.isEmpty)
  }

  @Test("A summary says no more than what is open, over a death, also where all of it is away")
  func summary() throws {
    var scene = Scene(try ["a", "b", "c", "d"].map { try ritual($0) })
    scene.pass(until: time(8, 5))
    scene.play(.answered(try id("a"), .done), at: time(8, 6))
    // The second daemon ends before its server answers.
    scene.restart(at: time(8, 6), configured: [], server: nil)
    scene.restart(at: time(8, 7), configured: [])
    #expect(scene.shown.map(\.replacing) == [notification])
    #expect(scene.shown.flatMap(\.items).map(\.title) == ["The b", "The c", "The d"])
    scene.acknowledge()
    scene.restart(at: time(8, 8), configured: [])
    #expect(scene.closed.isEmpty)
  }

  @Test("A reminder that is away says no more than itself, over a death while others joined it")
  func joined() throws {
    var scene = Scene([try ritual("a")] + (try ["b", "c", "d"].map { try ritual($0, "08:05:30") }))
    scene.pass(until: time(8, 5))
    scene.play(.timePassed, at: time(8, 5, 30))
    #expect(scene.shown.map(\.replacing) == [notification] && scene.shown.map(\.kind) == [.summary])
    // Its answer is not heard.
    scene.restart(at: time(8, 6), configured: [try ritual("b", "08:05:30")])
    #expect(scene.shown.map(\.replacing) == [notification, nil])
    #expect(scene.shown.map { $0.items.map(\.title) } == [["The a"], ["The b"]])
  }

  @Test("The reminder takes the place of its lead, over a death between record and Notify")
  func lead() throws {
    var scene = Scene([try ritual(lead: 10)])
    scene.pass(until: time(7, 55))
    try end(&scene, .timePassed, at: time(8, 5))
    #expect(scene.shown.map(\.kind) == [.ritual] && scene.shown.map(\.replacing) == [notification])
  }

  @Test("Another server has nothing of it")
  func elsewhere() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.answered(try id("kiss"), .done), at: time(8, 6))
    scene.restart(at: time(8, 6), server: "bus/:1.2")
    #expect(scene.seen.isEmpty)
  }
}
