import CivilTime
import Engine
import Rituals
import Schedules
import SimulationRig
import Testing

@Suite("A reminder's life")
struct ReminderLifeTests {
  let notification = NotificationID(server: "bus/:1.1", number: 1)

  @Test("Nothing happens before its time, not by a microsecond")
  func neverEarly() throws {
    var scene = Scene([try ritual()])
    #expect(scene.engine.nextDeadline == time(8, 5))
    scene.play(.timePassed, at: time(8, 5).advanced(byMicroseconds: -1))
    #expect(scene.recorded.isEmpty && scene.seen.isEmpty)
  }

  @Test("At its time it is recorded as due, then shown; the server's answer is recorded")
  func shownAtItsTime() throws {
    var scene = Scene([try ritual(title: "Goodbye kiss")])
    scene.play(.timePassed, at: time(8, 5))
    #expect(scene.happenings == [.due])
    let reminder = try #require(scene.shown.first)
    #expect(scene.seen.count == 1)
    #expect(reminder.title == "Goodbye kiss" && reminder.replacing == nil)
    #expect(reminder.occurrence == Occurrence(ritual: try id("kiss"), scheduled: time(8, 5)))
    scene.acknowledge()
    #expect(scene.happenings == [.shown(notification)])
    #expect(scene.engine.nextDeadline == time(8, 5, day: 1))
  }

  @Test(
    "A button's answer is recorded before the notification goes",
    arguments: [
      (Button.body, Happening.done(by: .notification)),
      (.done, .done(by: .notification)),
      (.skip, .skipped(by: .notification)),
      (.snooze(0), .snoozed(until: time(8, 15), by: .notification)),
      (.snooze(1), .snoozed(until: time(8, 35), by: .notification)),
    ])
  func answeredByButton(button: Button, happening: Happening) throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.pressed(notification, button))
    #expect(scene.happenings == [happening])
    #expect(scene.seen == [.close(notification)])
    #expect(scene.engine.openOccurrences.isEmpty == happening.isEnd)
  }

  @Test("A snooze length that the ritual does not have is no answer")
  func unknownSnooze() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.pressed(notification, .snooze(2)))
    #expect(scene.recorded.isEmpty && scene.seen.isEmpty)
  }

  @Test("A snoozed reminder comes back at its time, as a new notification, and can be done then")
  func snoozeAndBack() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.answered(try id("kiss"), .snooze(until: time(9))))
    #expect(scene.seen == [.close(notification)])
    scene.play(.timePassed, at: time(9).advanced(byMicroseconds: -1))
    #expect(scene.seen.isEmpty)
    scene.play(.timePassed, at: time(9))
    #expect(scene.happenings == [.due])
    #expect(scene.shown.map(\.replacing) == [nil])
    scene.acknowledge()
    scene.play(.answered(try id("kiss"), .done))
    #expect(scene.happenings == [.done(by: .command)])
    #expect(scene.seen == [.close(NotificationID(server: "bus/:1.1", number: 2))])
  }

  @Test("Put away without an answer it can still be answered, and is not shown again")
  func dismissed() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.closed(notification, .dismissed))
    #expect(scene.happenings == [.closed(.dismissed)])
    scene.play(.serverIsAbsent)
    scene.play(.serverAppeared("bus/:1.2"))
    #expect(scene.seen.isEmpty)
    scene.play(.answered(try id("kiss"), .skip))
    #expect(scene.happenings == [.skipped(by: .command)])
  }

  @Test("A click that the server tells after the closing it caused still counts")
  func clickAfterClosing() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.closed(notification, .unknown))
    scene.play(.pressed(notification, .done))
    #expect(scene.happenings == [.done(by: .notification)])
  }

  @Test("An answer that overtakes the server's acknowledgement takes the notification down when it comes")
  func answeredOnTheWay() throws {
    var scene = Scene([try ritual()])
    scene.play(.timePassed, at: time(8, 5))
    let sent = try #require(scene.shown.first)
    scene.play(.answered(try id("kiss"), .done))
    #expect(scene.happenings == [.done(by: .command)])
    scene.play(.notifySucceeded(slot: sent.slot, notification))
    #expect(scene.recorded.isEmpty)
    #expect(scene.seen == [.close(notification)])
  }

  @Test("An answer to a ritual that waits for none changes nothing")
  func nothingToAnswer() throws {
    var scene = Scene([try ritual()])
    scene.play(.answered(try id("kiss"), .done))
    scene.play(.pressed(notification, .done))
    #expect(scene.recorded.isEmpty && scene.seen.isEmpty)
  }

  @Test("The next occurrence takes an unanswered one's place on the screen")
  func superseded() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.timePassed, at: time(8, 5, day: 1))
    #expect(scene.happenings == [.expired(.superseded), .due])
    #expect(scene.shown.map(\.replacing) == [notification])
    #expect(scene.engine.openOccurrences.count == 1)
  }

  @Test("Rituals of one minute are shown each")
  func sameMinute() throws {
    var scene = Scene([try ritual("kiss"), try ritual("hug")])
    scene.play(.timePassed, at: time(8, 5))
    #expect(Set(scene.shown.map(\.title)) == ["The kiss", "The hug"])
    #expect(scene.happenings == [.due, .due])
  }
}
