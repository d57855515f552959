import CivilTime
import Engine
import Rituals
import SimulationRig
import Testing

@Suite("Lives at random")
struct RandomLifeTests {
  /// Days of sleeps, kills, servers that come and go, answers and clocks: whatever happens, every occurrence
  /// has exactly one end or is open, is on the screen at most once at a time, and never early.
  @Test("Never lost, never doubled, never early", arguments: UInt64(1)...300)
  func promises(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let rituals = [
      try ritual("kiss", "08:05"), try ritual("hug", "hourly", missed: .never),
      try ritual("talk", "22:15", missed: .always),
    ]
    var scene = Scene(rituals)
    var serial = 1
    /// What is on the screen of the present server.
    var screen: [UInt32: [Occurrence]] = [:]
    var lastNumber: UInt32 = 0

    for _ in 0..<120 {
      var event: Event = .timePassed
      switch Int.random(in: 0..<12, using: &random) {
      case 0...4:
        scene.now = min(
          scene.engine.nextDeadline ?? scene.now, scene.now.advanced(byMicroseconds: 7_200_000_000))
      case 5:
        scene.now = scene.now.advanced(byMicroseconds: .random(in: 0..<60_000_000_000, using: &random))
      case 6:
        scene.restart(
          at: scene.now.advanced(byMicroseconds: .random(in: 0..<20_000_000_000, using: &random)), server: nil
        )
        event = .serverAppeared("bus/:1.\(serial)")
      case 7:
        scene.play(.serverAbsent)
        screen = [:]
        serial += 1
        event = .serverAppeared("bus/:1.\(serial)")
      case 8...10:
        if let number = screen.keys.sorted().randomElement(using: &random) {
          let display = Display(server: "bus/:1.\(serial)", number: number)
          event =
            switch Int.random(in: 0..<4, using: &random) {
            case 0: .pressed(display, .snooze(0))
            case 1: .pressed(display, .skip)
            case 2: .closed(display, .dismissed)
            default: .pressed(display, .done)
            }
          screen[number] = nil
        }
      default:
        let back = scene.now.advanced(byMicroseconds: -.random(in: 0..<10_000_000_000, using: &random))
        scene.now = back
        event = .clockSet(handledAhead: scene.journal.shown(after: back))
      }
      scene.play(event)
      for effect in scene.seen {
        switch effect {
        case .show(let reminder):
          // A daemon that is killed now has sent it, and does not know.
          if Int.random(in: 0..<10, using: &random) == 0 { continue }
          let number = reminder.replacing?.number ?? (lastNumber + 1)
          lastNumber = max(lastNumber, number)
          screen[number] = reminder.items.map(\.occurrence)
          scene.play(.displayed(card: reminder.card, Display(server: "bus/:1.\(serial)", number: number)))
        case .close(let display): screen[display.number] = nil
        case .record, .seekServer, .begin: continue
        }
      }
      let all = screen.values.flatMap(\.self)
      #expect(Set(all).count == all.count, "twice on the screen, seed \(seed)")
    }
    try check(scene, seed: seed)
  }

  private func check(_ scene: Scene, seed: UInt64) throws {
    let open = Set(scene.journal.snapshot(at: scene.now).open.map(\.occurrence))
    #expect(
      open == Set(scene.engine.openOccurrences.map(\.occurrence)), "the journal knows what is open, seed \(seed)")
    for (occurrence, entries) in Dictionary(grouping: scene.journal.entries, by: \.occurrence) {
      var hasEnded = false
      // What a clock set back puts into the future again was due before; it is not early for that.
      let first = entries.first { $0.happening == .due }
      #expect(first.map { occurrence.scheduled <= $0.at } ?? true, "early, seed \(seed)")
      for entry in entries {
        if case .missed = entry.happening { hasEnded = true; continue }
        #expect(
          !hasEnded || entry.happening == .due,
          "\(entries.map { ($0.at.microseconds, $0.happening) }) after its end, seed \(seed)")
        hasEnded = entry.happening.isEnd
      }
      #expect(hasEnded != open.contains(occurrence), "lost or ended twice, seed \(seed)")
    }
  }
}
