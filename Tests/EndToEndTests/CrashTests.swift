import CivilTime
import Control
import DesktopRig
import Glibc
import Journal
import Rituals
import SimulationRig
import Testing

/// Kills the real daemon again and again while rituals come and are answered. `RITUAL_KILLS` is the number of
/// kills (`make crash`); `RITUAL_SEED` repeats a run's choices, but not the machine's timing.
@Suite("Killed at any moment")
struct CrashTests {
  @Test("Each occurrence ends once, none is early or shown twice, and answers stay")
  func killed() async throws {
    let kills = number("RITUAL_KILLS") ?? 12
    let seed = number("RITUAL_SEED").map { UInt64($0) } ?? UInt64.random(in: 1...1_000_000)
    print("Killing the daemon \(kills) times, RITUAL_SEED=\(seed)")
    var random = SeededGenerator(seed: seed)
    let home = try Home()
    try home.configure(
      """
      [defaults]
      missed = "always"
      [ritual.each]
      title = "each"
      schedule = "*:*:*"
      [ritual.second]
      title = "second"
      schedule = "*:*:0/2"
      [ritual.third]
      title = "third"
      schedule = "*:*:1/3"
      """)
    let server = try FakeNotificationServer(on: home.bus)
    var screen = Screen()
    // The answers that ritualctl acknowledged.
    var answered: [String: Int] = [:]
    for kill in 0...kills {
      // Sometimes the daemon is killed before it is ready.
      try await home.start(until: Int.random(in: 0..<4, using: &random) == 0 ? "Configuration: " : "Ready")
      let calls = kill == kills ? 12 : Int.random(in: 0...6, using: &random)
      for _ in 0..<calls {
        guard let number = screen.take(try await server.calls.next()) else { continue }
        if Bool.random(using: &random) {
          server.emitAction(number, "done")
        }
      }
      let name = ["each", "second", "third"].randomElement(using: &random) ?? "each"
      if try await home.ctl("done", name).status == 0 { answered[name, default: 0] += 1 }
      home.daemon?.kill()
      for call in server.calls.unread { _ = screen.take(call) }
      while !server.calls.unread.isEmpty { _ = try await server.calls.next() }
    }
    #expect(screen.doubled == 0, "something came beside a notification of its own")

    let journal = try Journal(at: home.folder.path("state/ritual/journal.sqlite"))
    let now = Instant(seconds: Int64(time(nil)) + 1)
    let open = try journal.reader.snapshot(at: now).open
    let entries = try journal.reader.history(limit: 1_000_000)
    for (name, period, first) in [("each", 1, 0), ("second", 2, 0), ("third", 3, 1)]
      as [(String, Int64, Int64)]
    {
      let id = try #require(RitualID(name))
      let mine = entries.filter { $0.occurrence.ritual == id }
      let story = Dictionary(grouping: mine, by: \.occurrence)
      var ended = 0
      for (occurrence, entries) in story {
        #expect(entries.allSatisfy { $0.at >= occurrence.scheduled }, "\(occurrence) is early")
        let ends = entries.filter { $0.happening.isEnd }
        #expect(ends.count <= 1 && (ends.isEmpty || entries.last == ends.first), "\(occurrence) ends twice")
        #expect(!ends.isEmpty || open.contains { $0.occurrence == occurrence }, "\(occurrence) is lost")
        ended += ends.map(\.happening.count).reduce(0, +)
      }
      // Each occurrence from the first to the last must be there.
      let times = story.keys.map(\.scheduled).sorted()
      let begin = try #require(times.first)
      let end = try #require(times.last)
      let firstRun = story[Occurrence(ritual: id, scheduled: begin)]?.last?.happening.count ?? 1
      let expected = Int((end.microseconds - begin.microseconds) / (period * 1_000_000)) + max(firstRun, 1)
      #expect(begin.microseconds / 1_000_000 % period == first)
      #expect(ended + open.filter { $0.occurrence.ritual == id }.count == expected, "\(name)")
      let done = mine.filter { $0.happening == .done(by: .command) }.count
      #expect(done == answered[name, default: 0], "an answer is lost, or given twice")
    }
  }

  private func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }
}

/// The screen of the notification server.
private struct Screen {
  private var shown: [UInt32: (title: String, sender: String)] = [:]
  private var lastNumber: UInt32 = 0
  /// The number of notifications beside another of the same ritual in this life of the daemon. A notification
  /// that an earlier life did not live to record may be there twice (docs/decisions/0004).
  private(set) var doubled = 0

  /// Follows a call; returns the number of the notification that it shows.
  mutating func take(_ call: FakeNotificationServer.Call) -> UInt32? {
    if call.method == "CloseNotification", case .number(let number)? = call.arguments.first {
      shown[UInt32(number)] = nil
      return nil
    }
    guard call.method == "Notify", case .number(let replaced) = call.arguments[1],
      case .text(let title) = call.arguments[3]
    else { return nil }
    guard replaced == 0 else {
      shown[UInt32(replaced)] = (title, call.sender)
      return UInt32(replaced)
    }
    if shown.values.contains(where: { $0 == (title, call.sender) }) { doubled += 1 }
    lastNumber += 1
    shown[lastNumber] = (title, call.sender)
    return lastNumber
  }
}

extension Happening {
  /// The number of occurrences that it stands for.
  fileprivate var count: Int {
    switch self {
    case .missed(_, let count), .skipped(_, let count): count
    default: 1
    }
  }
}
