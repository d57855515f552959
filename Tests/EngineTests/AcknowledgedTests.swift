import Engine
import Rituals
import Testing

@Suite("Answers that come by a shared calendar")
struct AcknowledgedTests {
  @Test("One given at the reminder's time or later ends it, wherever it has come to")
  func ends() throws {
    for isSnoozed in [false, true] {
      var scene = Scene([try ritual("kiss", "08:05")])
      scene.play(.timePassed, at: time(8, 5))
      if isSnoozed { scene.play(.answered(try id("kiss"), .snooze(until: time(9)))) }
      scene.play(.acknowledged(try id("kiss"), at: time(8, 5)), at: time(8, 6))
      #expect(scene.recorded.map(\.happening) == [.done(by: .calendar)])
      #expect(scene.engine.reminders.isEmpty)
    }
  }

  @Test("One from before it was meant for another one; without a reminder it means nothing")
  func isOld() throws {
    var scene = Scene([try ritual("kiss", "08:05")])
    scene.play(.acknowledged(try id("kiss"), at: time(9)))
    #expect(scene.recorded.isEmpty)
    scene.play(.timePassed, at: time(8, 5))
    scene.play(.acknowledged(try id("kiss"), at: time(8, 4, 59)))
    #expect(scene.recorded.isEmpty)
    #expect(scene.engine.reminders.count == 1)
  }
}
