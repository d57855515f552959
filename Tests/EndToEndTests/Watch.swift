import Control
import DesktopRig
import FoundationEssentials

/// `ritualctl watch`, read as it prints, after what the log had when it began: so that a test misses nothing however
/// slow the machine is.
final class Watch {
  private let process: ChildProcess
  let lines: LineReader
  private let said: LineReader
  private var earlier: [LogEntry] = []
  private var told: Set<LogEntry> = []

  /// Returns when it follows.
  init(_ home: Home) async throws {
    lines = try LineReader("what ritualctl watch sees")
    said = try LineReader("ritualctl watch to follow")
    process = try ChildProcess(
      built("ritualctl"), ["watch", "--json"], environment: home.environment, output: lines.writing,
      errors: said.writing)
    lines.handedOver()
    said.handedOver()
    try await follows()
    earlier = try await home.ask([LogEntry].self, "log")
    told = Set(earlier)
  }

  /// Waits until it follows (again).
  func follows() async throws { _ = try await said.next { $0.contains("following") } }

  /// The next entry that says this, of any ritual; what comes before it is passed over.
  @discardableResult
  func entry(_ what: String) async throws -> LogEntry {
    while !earlier.isEmpty {
      let entry = earlier.removeFirst()
      if entry.what == what { return entry }
    }
    while true {
      let line = try await lines.next()
      let news = try JSONDecoder().decode(News.self, from: FoundationEssentials.Data(line.utf8))
      if let entry = news.entry, !told.contains(entry), entry.what == what { return entry }
    }
  }

  /// How many rituals the configuration has that was read anew next.
  func configured() async throws -> Int {
    while true {
      let line = try await lines.next()
      let news = try JSONDecoder().decode(News.self, from: FoundationEssentials.Data(line.utf8))
      if let rituals = news.rituals { return rituals }
    }
  }
}
