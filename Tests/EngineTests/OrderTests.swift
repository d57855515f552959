import CivilTime
import Engine
import Rituals
import SimulationRig
import Testing

@Suite("Pause, resume and discretion")
struct OrderTests {
  let notification = NotificationID(server: "bus/:1.1", number: 1)

  @Test("While paused nothing is shown, and nothing counts as missed", arguments: [true, false])
  func paused(isForAll: Bool) throws {
    var scene = Scene([try ritual("kiss"), try ritual("hug", "08:10")])
    scene.play(.ordered(Order(.pause(isForAll ? nil : try id("kiss")), since: time(7), until: time(12))))
    let entries = scene.pass(until: time(13))
    let kiss = entries.filter { $0.occurrence.ritual.text == "kiss" }.map(\.happening)
    let hug = entries.filter { $0.occurrence.ritual.text == "hug" }.map(\.happening)
    #expect(kiss == [.skipped(by: .pause)])
    #expect(hug.first == (isForAll ? .skipped(by: .pause) : .due))
    #expect(scene.engine.standingOrders.isEmpty)
    #expect(scene.journal.orders.isEmpty)
    #expect(scene.pass(until: time(8, 5, day: 1)).map(\.happening).first == .due)
  }

  @Test("What is on the screen goes, and comes back when the pause is over, within its time")
  func comesBack() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.ordered(Order(.pause(nil), since: time(8, 6))), at: time(8, 6))
    #expect(scene.happenings == [.held(.paused)])
    #expect(scene.seen == [.close(notification)])
    scene.play(.revoked(.pause(nil)), at: time(9))
    #expect(scene.shown.map(\.replacing) == [nil])
    #expect(scene.engine.openOccurrences.map(\.due) == [time(8, 5)])
  }

  @Test("What a pause kept back for too long was skipped by it")
  func keptTooLong() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.ordered(Order(.pause(nil), since: time(8, 6))), at: time(8, 6))
    #expect(scene.pass(until: time(12)).map(\.happening) == [.skipped(by: .pause)])
    scene.play(.revoked(.pause(nil)))
    #expect(scene.seen.isEmpty)
  }

  @Test("A pause outlives a restart, and what came while it held was skipped, however late one looks")
  func restart() throws {
    var scene = Scene([try ritual("hourly", "hourly")], at: time(7, 30))
    scene.play(.ordered(Order(.pause(nil), since: time(7, 30), until: time(9, 30))))
    scene.restart(at: time(10, 15))
    #expect(scene.recorded.map(\.occurrence.scheduled) == [time(8), time(9), time(10)])
    #expect(scene.happenings == [.skipped(by: .pause), .skipped(by: .pause), .due])
    #expect(scene.engine.standingOrders.isEmpty)
  }

  @Test("A pause of one ritual goes with the ritual")
  func removed() throws {
    var scene = Scene([try ritual()])
    scene.play(.ordered(Order(.pause(try id("kiss")), since: time(7))))
    scene.configure([])
    #expect(!scene.journal.orders.isEmpty, "it is only away")
    scene.play(.removed(try id("kiss")))
    #expect(scene.journal.orders.isEmpty)
  }

  @Test("Of two pauses the longer one counts")
  func longer() throws {
    var scene = Scene([try ritual()])
    scene.play(.ordered(Order(.pause(nil), since: time(7), until: time(8))))
    scene.play(.ordered(Order(.pause(try id("kiss")), since: time(7))))
    #expect(scene.engine.wouldHold(try id("kiss"), at: time(7)) == .paused(until: nil))
    #expect(scene.pass(until: time(9)).map(\.happening) == [.skipped(by: .pause)])
  }

  @Test("Discretion changes the words on the screen in place, and back, without a sound in the history")
  func discretion() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.ordered(Order(.discretion, since: time(8, 6))), at: time(8, 6))
    #expect(scene.shown.map(\.isDiscreet) == [true])
    #expect(scene.shown.map(\.replacing) == [notification])
    scene.acknowledge()
    #expect(scene.recorded.isEmpty)
    scene.play(.revoked(.discretion))
    #expect(scene.shown.map(\.isDiscreet) == [false])
  }

  @Test("A shared screen is discreet by itself")
  func shared() throws {
    var scene = Scene([try ritual()])
    scene.play(.circumstances([.screenShared]))
    scene.play(.timePassed, at: time(8, 5))
    #expect(scene.shown.map(\.isDiscreet) == [true])
    scene.acknowledge()
    scene.play(.circumstances([]))
    #expect(scene.shown.map(\.isDiscreet) == [false])
  }

  @Test(
    "A ritual's words leave the screen when it is locked, a private one's always", arguments: [true, false])
  func lockScreen(isPrivate: Bool) throws {
    for discreet: Set<Circumstance> in [[.locked, .screenShared], [.screenShared]] {
      let isHidden = isPrivate || discreet.contains(.locked)
      var scene = Scene([try ritual(isPrivate: isPrivate)], rules: GlobalRules(discreet: discreet))
      scene.pass(until: time(8, 5))
      scene.play(.circumstances([.locked]))
      #expect(scene.shown.map(\.isDiscreet) == (isHidden ? [true] : []))
      scene.acknowledge()
      scene.play(.circumstances([]))
      #expect(scene.shown.map(\.isDiscreet) == (isHidden ? [false] : []))
    }
  }
}
