import CivilTime
import Engine
import Rituals
import SimulationRig
import Testing

@Suite("Answers that are typed into the notification")
struct ReplyTests {
  let notification = NotificationID(server: "bus/:1.1", number: 1)

  private func evening(_ reply: Note.Kind? = .appreciation) throws -> Ritual {
    let plain = try ritual("evening", "22:15")
    return Ritual(id: plain.id, title: plain.title, schedule: plain.schedule, reply: reply)
  }

  @Test(
    "It is kept and done at once, before the notification goes", arguments: [Note.Kind.appreciation, .note])
  func kept(kind: Note.Kind) throws {
    var scene = Scene([try evening(kind)])
    scene.pass(until: time(22, 15))
    scene.play(.replied(notification, "You made tea"), at: time(22, 16))
    #expect(
      scene.journal.notes == [Note(kind, "You made tea", at: time(22, 16), ritual: try id("evening"))])
    #expect(scene.happenings == [.done(by: .notification)])
    #expect(scene.seen == [.close(notification)])
    // Servers tell of the closing too, before or after.
    scene.play(.closed(notification, .dismissed))
    #expect(scene.recorded.isEmpty && scene.journal.notes.count == 1)
  }

  @Test("It is kept once the notification has gone, and after another answer came first")
  func late() throws {
    var scene = Scene([try evening()])
    scene.pass(until: time(22, 15))
    scene.play(.closed(notification, .dismissed))
    scene.play(.replied(notification, "You made tea"))
    #expect(scene.happenings == [.done(by: .notification)])
    scene.play(.replied(notification, "And cake"))
    #expect(scene.recorded.isEmpty)
    #expect(scene.journal.notes.map(\.text) == ["You made tea", "And cake"])
  }

  @Test("It is offered by a ritual that wants it, alone, and where its words may be seen")
  func offered() throws {
    var scene = Scene([try evening()])
    scene.play(.timePassed, at: time(22, 15))
    #expect(scene.shown.map(\.reply) == [.appreciation])
    scene.acknowledge()
    scene.play(.ordered(Order(.discretion, since: time(22, 16))), at: time(22, 16))
    #expect(scene.shown.map(\.reply) == [nil])
    var plain = Scene([try evening(nil)])
    plain.play(.timePassed, at: time(22, 15))
    #expect(plain.shown.map(\.reply) == [nil])
    let others = try ["a", "b", "c"].map { try ritual($0, "22:15") }
    var many = Scene([try evening()] + others)
    many.play(.timePassed, at: time(22, 15))
    #expect(many.shown.map(\.kind) == [.summary] && many.shown.map(\.reply) == [nil])
  }
}
