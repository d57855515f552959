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
      scene.play(.acknowledged([try id("kiss"): time(8, 5)]), at: time(8, 6))
      #expect(scene.recorded.map(\.happening) == [.done(by: .calendar)])
      #expect(scene.engine.openOccurrences.isEmpty)
    }
  }

  @Test("One from before the reminder's time was meant for another one")
  func isOld() throws {
    var scene = Scene([try ritual("kiss", "08:05")])
    scene.play(.acknowledged([try id("kiss"): time(8, 4, 59)]))
    scene.play(.timePassed, at: time(8, 5))
    scene.play(.acknowledged([try id("kiss"): time(8, 4, 59)]))
    #expect(scene.engine.openOccurrences.count == 1)
  }

  @Test("One that is heard of before the reminder ends it unseen, however late that is")
  func isKnown() throws {
    for late in [time(8, 5), time(8, 20), time(20)] {
      var scene = Scene([try ritual("kiss", "08:05")])
      scene.play(.acknowledged([try id("kiss"): time(8, 5)]))
      scene.play(.timePassed, at: late)
      #expect(scene.recorded.map(\.happening) == [.due, .done(by: .calendar)])
      #expect(scene.shown.isEmpty)
      #expect(scene.engine.openOccurrences.isEmpty)
    }
  }

  @Test("What a clock far ahead wrote is no answer")
  func isAhead() throws {
    var scene = Scene([try ritual("kiss", "08:05")])
    scene.play(.acknowledged([try id("kiss"): time(9, 6)]))
    scene.play(.timePassed, at: time(8, 5))
    #expect(scene.engine.openOccurrences.count == 1)
  }
}
