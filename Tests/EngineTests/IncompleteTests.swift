import CivilTime
import Engine
import Rituals
import SimulationRig
import Testing

@Suite("A start with a configuration that is not complete")
struct IncompleteTests {
  /// A daemon that was killed, and starts with none of its rituals.
  private func start(_ scene: inout Scene, at instant: Instant, server: String? = "bus/:1.1") {
    scene.now = instant
    scene.engine = Engine(
      zone: .utc, snapshot: scene.journal.snapshot(at: instant),
      alreadyHandled: scene.journal.shown(after: instant))
    scene.play(.configured([], .standard, isComplete: false))
    #expect(scene.recorded.isEmpty && scene.shown.isEmpty)
    if let server { scene.play(.serverAppeared(server)) }
  }

  @Test(
    "A snooze goes on when its ritual can be read again, and is late where that is after its end",
    arguments: [8, 9])
  func snoozed(hour: Int) throws {
    let kiss = try ritual()
    var scene = Scene([kiss])
    scene.pass(until: time(8, 6))
    scene.play(.answered(try id("kiss"), .snooze(until: time(8, 40))))
    start(&scene, at: time(8, 10))
    scene.configure([kiss], at: time(hour, 20))
    scene.acknowledge()
    scene.pass(until: time(9, 30))
    #expect(scene.journal.entries.suffix(2).map(\.happening).first == .due)
    #expect(
      scene.engine.openOccurrences.map(\.phase) == [.shown(NotificationID(server: "bus/:1.1", number: 2))])
  }

  @Test("What came meanwhile is late, and a pause is still one")
  func accounted() throws {
    let rituals = [try ritual("kiss", "08:05"), try ritual("hug", "08:10")]
    var scene = Scene(rituals)
    scene.play(.ordered(Order(.pause(try id("hug")), since: time(7))))
    start(&scene, at: time(8))
    scene.configure(rituals, at: time(9))
    #expect(scene.recorded.map(\.happening) == [.due, .skipped(by: .pause)])
    #expect(scene.shown.flatMap(\.items).map(\.occurrence.ritual.text) == ["kiss"])
  }

  @Test("A pause that ended while its ritual's file was away is not why the reminder comes too late")
  func pauseEndedMeanwhile() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.ordered(Order(.pause(nil), since: time(8, 5))), at: time(8, 6))
    scene.play(.configured([], .standard, isComplete: false))
    scene.play(.revoked(.pause(nil)), at: time(8, 7))
    scene.configure([try ritual()], at: time(23))
    // It was seen before the pause, so that it is not late.
    #expect(scene.recorded.isEmpty && scene.shown.count == 1)
  }

  @Test(
    "What is on the screen stays there by its title, and its buttons answer it", arguments: [false, true])
  func shown(isAnswered: Bool) throws {
    let kiss = try ritual()
    var scene = Scene([kiss])
    scene.pass(until: time(8, 6))
    let notification = NotificationID(server: "bus/:1.1", number: 1)
    start(&scene, at: time(8, 10))
    // Sent again in place, so that its buttons speak to this process.
    #expect(scene.shown.map(\.replacing) == [notification] && scene.shown.map(\.title) == ["The kiss"])
    scene.acknowledge()
    #expect(scene.recorded.isEmpty)
    if isAnswered {
      scene.play(.pressed(notification, .done))
      #expect(scene.recorded.map(\.happening) == [.done(by: .notification)])
    }
    scene.configure([kiss], at: time(8, 20))
    // With all its words.
    #expect(scene.shown.map(\.replacing) == (isAnswered ? [] : [notification]))
    #expect(scene.recorded.isEmpty)
  }

  @Test("On another server it is shown once its ritual is known, and once")
  func otherServer() throws {
    let kiss = try ritual()
    var scene = Scene([kiss])
    scene.pass(until: time(8, 6))
    start(&scene, at: time(8, 10), server: "bus/:1.2")
    #expect(scene.shown.isEmpty)
    scene.configure([kiss], at: time(8, 20))
    #expect(scene.shown.map(\.replacing) == [nil])
  }

  @Test("What is disabled in it is over, and so is what the user removes", arguments: [false, true])
  func removed(isRemoved: Bool) throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 6))
    start(&scene, at: time(8, 10))
    let disabled = try ritual(isEnabled: false)
    scene.play(
      isRemoved ? .removed(disabled.id) : .configured([disabled], .standard, isComplete: false),
      at: time(8, 20))
    #expect(scene.happenings == [.expired(.removed)])
    #expect(scene.journal.tracked.isEmpty)
  }

  @Test("What had come while the clock ran ahead does not come again, whenever its ritual is known")
  func ahead() throws {
    let kiss = try ritual()
    var scene = Scene([kiss])
    scene.pass(until: time(8, 6))
    scene.play(.answered(try id("kiss"), .done))
    start(&scene, at: time(7, 10))
    scene.play(.timePassed, at: time(9))
    scene.play(.clockSet(alreadyHandled: scene.journal.shown(after: time(8, 6))), at: time(8, 6))
    scene.configure([kiss], at: time(8, 7))
    #expect(scene.recorded.isEmpty && scene.shown.isEmpty)
  }

  @Test("A journal that is begun anew meanwhile is given all of it")
  func standing() throws {
    let kiss = try ritual()
    var scene = Scene([kiss])
    scene.pass(until: time(8, 6))
    scene.play(.answered(try id("kiss"), .snooze(until: time(8, 40))))
    let before = scene.journal.snapshot(at: time(8, 10))
    start(&scene, at: time(8, 10))
    #expect(scene.engine.standing.open == before.open)
    #expect(scene.engine.standing.tracked == before.tracked)
  }
}
