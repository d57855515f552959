import CivilTime
import Engine
import Rituals
import SimulationRig
import Testing

@Suite("What the engine would be given back")
struct StandingTests {
  private func rituals() throws -> [Ritual] {
    [
      try ritual("kiss", "08:05", missed: .always, lead: 30),
      try ritual("hug", "hourly", missed: .always, nudge: Nudge(every: 60_000_000, times: 2)),
      try ritual("talk", "22:15", missed: .always),
    ]
  }

  /// Some hours of a life: deadlines, answers, snoozes, orders and a lead, in an order of its own.
  private func live(seed: UInt64) throws -> Scene {
    var random = SeededGenerator(seed: seed)
    var scene = Scene(try rituals())
    for _ in 0..<Int.random(in: 5...60, using: &random) {
      scene.pass(until: scene.now.advanced(byMicroseconds: .random(in: 0..<3_600_000_000, using: &random)))
      guard let open = scene.engine.openOccurrences.randomElement(using: &random) else { continue }
      let ritual = open.occurrence.ritual
      let later = scene.now.advanced(byMicroseconds: .random(in: 1..<9_000_000_000, using: &random))
      let event: Event =
        switch Int.random(in: 0..<7, using: &random) {
        case 0: .answered(ritual, .done)
        case 1, 2: .answered(ritual, .snooze(until: later))
        case 3: .ordered(Order(.pause(ritual), since: scene.now, until: later))
        case 4: .ordered(Order(.discretion, since: scene.now))
        case 5: .circumstances(Bool.random(using: &random) ? [.locked] : [])
        default: .timePassed
        }
      scene.play(event)
      scene.acknowledge()
    }
    return scene
  }

  @Test(
    "Is what the journal gives back: an engine that begins with it does the same", arguments: UInt64(1)...100)
  func same(seed: UInt64) throws {
    let scene = try live(seed: seed)
    var fromJournal = scene
    fromJournal.restart(at: scene.now)
    var fromMemory = scene
    fromMemory.engine = Engine(
      zone: .utc, snapshot: scene.engine.standing, alreadyHandled: scene.engine.alreadyHandled)
    fromMemory.configure(try rituals())
    fromMemory.play(.serverAppeared("bus/:1.1"))
    #expect(fromMemory.engine.standing == fromJournal.engine.standing, "seed \(seed)")
    #expect(fromMemory.engine.nextDeadline == fromJournal.engine.nextDeadline, "seed \(seed)")
    let end = scene.now.advanced(byMicroseconds: 40_000_000_000)
    #expect(fromMemory.pass(until: end) == fromJournal.pass(until: end), "seed \(seed)")
  }

  @Test("Before the first configuration it is what the engine was begun with")
  func unclaimed() throws {
    let tracking = Tracking(fingerprint: "daily", since: time(7))
    let snapshot = Snapshot(tracked: [try id("kiss"): tracking], lastAccounted: [try id("kiss"): time(8)])
    #expect(Engine(zone: .utc, snapshot: snapshot).standing == snapshot)
  }

  @Test("What came before the clock was set back is in it")
  func alreadyHandled() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.answered(try id("kiss"), .done))
    scene.play(.clockSet(alreadyHandled: scene.journal.shown(after: time(7))), at: time(7))
    #expect(scene.engine.alreadyHandled == [Occurrence(ritual: try id("kiss"), scheduled: time(8, 5))])
  }
}
