import CivilTime
import Engine
import Rituals
import SimulationRig
import Testing

@Suite("Configurations that change")
struct ConfigurationTests {
  let notification = NotificationID(server: "bus/:1.1", number: 1)

  @Test("A new schedule counts from the moment it is there")
  func newSchedule() throws {
    var scene = Scene([try ritual()])
    scene.configure([try ritual("kiss", "07:30")], at: time(7, 45))
    #expect(scene.seen.isEmpty)
    #expect(scene.engine.nextDeadline == time(7, 30, day: 1))
  }

  @Test("The same configuration again changes nothing")
  func same() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.configure([try ritual()], at: time(8, 6))
    #expect(scene.recorded.isEmpty && scene.seen.isEmpty)
    #expect(scene.journal.tracked[try id("kiss")]?.since == time(7))
  }

  @Test("A ritual that is removed or disabled leaves the screen and the plan", arguments: [true, false])
  func removed(isRemoved: Bool) throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    let disabled = try ritual(isEnabled: false)
    scene.play(isRemoved ? .removed(disabled.id) : .configured([disabled], .standard))
    #expect(scene.happenings == [.expired(.removed)])
    #expect(scene.seen == [.close(notification)])
    #expect(scene.engine.nextDeadline == nil)
    #expect(scene.journal.tracked.isEmpty)
  }

  @Test("Other words for a ritual that is showing replace it in place")
  func reworded() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.configure([try ritual(title: "A kiss, then the door")])
    #expect(scene.shown.map(\.title) == ["A kiss, then the door"])
    #expect(scene.shown.map(\.replacing) == [notification])
    scene.acknowledge()
    #expect(scene.recorded.isEmpty)
  }
}
