import Control
import DesktopRig
import FoundationEssentials

/// `ritualctl watch`, which first prints the log from before its start: so a test misses nothing on a slow
/// machine.
final class Watch {
  private let process: ChildProcess
  let lines: LineReader
  private let said: LineReader
  private var earlier: [Control.Entry] = []
  private var told: Set<Control.Entry> = []

  /// Returns once it follows.
  init(_ home: Home) async throws {
    lines = try LineReader("what ritualctl watch sees")
    said = try LineReader("ritualctl watch to follow")
    process = try ChildProcess(
      built("ritualctl"), ["watch", "--json"], environment: home.environment, output: lines.writing,
      errors: said.writing)
    lines.closeWritingEnd()
    said.closeWritingEnd()
    try await follows()
    earlier = try await home.ask([Control.Entry].self, "log")
    told = Set(earlier)
  }

  /// Waits until it follows (again).
  func follows() async throws { _ = try await said.next { $0.contains("following") } }

  /// Waits for the next entry of this kind, of any ritual; skips others.
  @discardableResult
  func entry(_ what: String) async throws -> Control.Entry {
    while !earlier.isEmpty {
      let entry = earlier.removeFirst()
      if entry.what.rawValue == what { return entry }
    }
    while true {
      let line = try await lines.next()
      let news = try JSONDecoder().decode(WatchReply.self, from: FoundationEssentials.Data(line.utf8))
      if let entry = news.entry, !told.contains(entry), entry.what.rawValue == what { return entry }
    }
  }

  /// The number of rituals after the next reload.
  func configured() async throws -> Int {
    while true {
      let line = try await lines.next()
      let news = try JSONDecoder().decode(WatchReply.self, from: FoundationEssentials.Data(line.utf8))
      if let rituals = news.rituals { return rituals }
    }
  }
}
