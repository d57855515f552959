import CivilTime
import Engine
import Rituals
import SimulationRig
import Testing

@Suite("Killed and started again")
struct RestartTests {
  let notification = NotificationID(server: "bus/:1.1", number: 1)

  @Test("What is on the screen is taken over in place, without a second entry")
  func takenOver() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.restart(at: time(8, 6))
    #expect(scene.recorded.isEmpty)
    #expect(scene.shown.map(\.replacing) == [notification])
    scene.acknowledge()
    #expect(scene.recorded.isEmpty)
    scene.play(.pressed(notification, .done))
    #expect(scene.happenings == [.done(by: .notification)])
  }

  @Test("Where the next one came meanwhile, it takes the place of what is on the screen")
  func supersededMeanwhile() throws {
    var scene = Scene([try ritual("each", "hourly")])
    scene.pass(until: time(8))
    scene.restart(at: time(9), server: nil)
    #expect(scene.happenings == [.expired(.superseded), .due])
    #expect(scene.seen.isEmpty)
    scene.play(.serverAppeared("bus/:1.1"))
    #expect(scene.shown.map(\.replacing) == [notification])
    #expect(scene.shown.map(\.occurrence.scheduled) == [time(9)])
  }

  @Test("What is on the screen of a ritual that is there no more leaves it, unless it is another server's")
  func removedMeanwhile() throws {
    for server in ["bus/:1.1", "bus/:1.9"] {
      var scene = Scene([try ritual()])
      scene.pass(until: time(8, 5))
      scene.restart(at: time(8, 6), configured: [], server: nil)
      scene.play(.removed(try id("kiss")))
      scene.play(.serverAppeared(server))
      #expect(scene.seen == (server == notification.server ? [.close(notification)] : []))
    }
  }

  @Test("A lead's number stays written down until the reminder that replaces it is acknowledged")
  func leadReplaced() throws {
    let each = try id("each")
    var scene = Scene([try ritual("each", "hourly", lead: 30)])
    scene.pass(until: time(8, 10))
    scene.play(.answered(each, .done))
    scene.pass(until: time(8, 40))
    let lead = try #require(scene.journal.tracked[each]?.lead?.notification)
    scene.restart(at: time(9, 1), server: nil)
    for _ in 0..<2 {
      scene.play(.serverAppeared("bus/:1.1"))
      #expect(scene.shown.map(\.replacing) == [lead])
      #expect(scene.journal.tracked[each]?.lead?.notification == lead)
      scene.restart(at: time(9, 2), server: nil)
    }
  }

  @Test("A daemon that ends before its server answers forgets no lead that is on the screen")
  func leadWithoutServer() throws {
    var scene = Scene([try ritual("each", "hourly", missed: .never, lead: 30)])
    scene.pass(until: time(8, 40))
    let lead = try #require(scene.journal.tracked[try id("each")]?.lead?.notification)
    // Its occurrence has come, and is missed; the next lead is given; then it ends.
    scene.restart(at: time(10, 20), server: nil)
    scene.pass(until: time(10, 31))
    scene.restart(at: time(10, 32), server: nil)
    scene.play(.serverAppeared("bus/:1.1"))
    let isGone = scene.seen.contains(.close(lead)) || scene.shown.contains { $0.replacing == lead }
    #expect(isGone)
  }

  @Test("What the journal forgets is closed before that, and what was answered after its record")
  func order() throws {
    var scene = Scene([try ritual(lead: 30)])
    scene.pass(until: time(7, 40))
    let lead = scene.engine.handle(.pressed(notification, .done), at: scene.now)
    #expect(lead.first == .close(notification) && lead.count == 2)
    guard case .record = lead.last else { throw Unexpected() }
    var other = Scene([try ritual()])
    other.pass(until: time(8, 5))
    let reminder = other.engine.handle(.pressed(notification, .done), at: other.now)
    guard case .record = reminder.first else { throw Unexpected() }
    #expect(reminder.dropFirst() == [.close(notification)])
  }

  struct Unexpected: Error {}

  @Test("The lead of its next occurrence leaves the screen with it, and where its schedule changed")
  func removedWithLead() throws {
    let lead = NotificationID(server: "bus/:1.1", number: 3)
    let after: [[Ritual]] = [
      [], [try ritual("each", "hourly", lead: 30, isEnabled: false)], [try ritual("each", "daily", lead: 30)],
    ]
    for rituals in after {
      var scene = Scene([try ritual("each", "hourly", lead: 30)])
      scene.pass(until: time(8, 40))
      scene.restart(at: time(8, 45), configured: rituals, server: nil)
      if rituals.isEmpty { scene.play(.removed(try id("each"))) }
      scene.play(.serverAppeared("bus/:1.1"))
      let closed = scene.seen.filter { $0.isClosing }
      let isKept = rituals.first?.isEnabled ?? false
      #expect(closed == (isKept ? [.close(lead)] : [.close(lead), .close(notification)]))
      #expect(scene.shown.map(\.replacing) == (isKept ? [notification] : []))
    }
  }

  @Test("What was on another server's screen is shown anew")
  func otherServer() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.restart(at: time(8, 6), server: "bus/:1.9")
    #expect(scene.shown.map(\.replacing) == [nil])
  }

  @Test("What was due but not known to be shown is shown")
  func killedBetweenRecordAndShow() throws {
    var scene = Scene([try ritual()])
    scene.play(.timePassed, at: time(8, 5))
    scene.restart(at: time(8, 5, 1))
    #expect(scene.recorded.isEmpty)
    #expect(scene.shown.count == 1)
  }

  @Test("What was answered, or put away, does not come back")
  func settled() throws {
    var scene = Scene([try ritual("kiss"), try ritual("hug", "08:06")])
    scene.pass(until: time(8, 6))
    scene.play(.answered(try id("kiss"), .done))
    scene.play(.closed(NotificationID(server: "bus/:1.1", number: 2), .dismissed))
    scene.restart(at: time(8, 7))
    #expect(scene.recorded.isEmpty && scene.shown.isEmpty)
    #expect(scene.closed.map(\.number) == [1, 2], "the last run may have ended before it took them down")
    #expect(scene.engine.openOccurrences.map(\.phase) == [.closed])
  }

  @Test("A snooze goes on where it was")
  func snoozed() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.answered(try id("kiss"), .snooze(until: time(9))))
    scene.restart(at: time(8, 30))
    #expect(scene.shown.isEmpty)
    #expect(scene.closed.map(\.number) == [1], "the last run may have ended before it took it down")
    #expect(scene.engine.nextDeadline == time(9))
  }

  @Test("A ritual that was disabled meanwhile ends what it had open")
  func removedWhileAway() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.engine = Engine(zone: .utc, snapshot: scene.journal.snapshot(at: time(9)))
    scene.configure([try ritual(isEnabled: false)], at: time(9))
    #expect(scene.happenings == [.expired(.removed)])
    #expect(scene.recorded.map(\.title) == ["The kiss"])
    #expect(scene.journal.tracked.isEmpty)
  }

  @Test("A schedule that was changed while away counts from the start")
  func rescheduledWhileAway() throws {
    var scene = Scene([try ritual()])
    scene.engine = Engine(zone: .utc, snapshot: scene.journal.snapshot(at: time(10)))
    scene.configure([try ritual("kiss", "09:30")], at: time(10))
    #expect(scene.recorded.isEmpty && scene.seen.isEmpty)
    #expect(scene.engine.nextDeadline == time(9, 30, day: 1))
  }
}

extension Effect {
  fileprivate var isClosing: Bool { if case .close = self { true } else { false } }
}
