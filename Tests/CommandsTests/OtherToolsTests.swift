import DesktopRig
import FoundationEssentials
import Testing
import ZoneRig

/// The schedules in docs/from-other-tools.md that stand beside expressions of other programs.
@Suite("The page for those who come from other tools")
struct OtherToolsTests {
  static func cells(below heading: String) throws -> [[String]] {
    let page = try Repository.read("docs/from-other-tools.md")
    let section = page.split(separator: "## ").first { $0.hasPrefix(heading) } ?? ""
    return section.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().map { cell in
        cell.split(separator: "`").dropFirst().first.map(String.init) ?? ""
      }
    }
  }

  func normalized(_ text: String) async throws -> String {
    struct Answer: Decodable { let normalized: String }
    let start = text.hasPrefix("RRULE:") ? "DTSTART:20261127T193000\n" : ""
    let output = try await ChildProcess.run(
      built("ritualctl"), ["schedule", "explain", start + text, "--json"],
      environment: ["TZ": "Europe/Berlin", "TZDIR": TestZones.folder])
    try #require(output.status == 0, "\(text): \(output.errors)")
    return try JSONDecoder().decode(Answer.self, from: Data(output.output.utf8)).normalized
  }

  @Test("Plain words mean what the calendar expression beside them means")
  func cron() async throws {
    let rows = try Self.cells(below: "From cron")
    #expect(rows.count >= 6)
    for row in rows where !row[2].isEmpty {
      #expect(try await normalized(row[1]) == normalized(row[2]), "\(row)")
    }
  }

  @Test("Every schedule beside one of remind's is understood")
  func remind() async throws {
    let schedules = try Self.cells(below: "From remind").map { $0[1] }.filter { !$0.contains(" = ") }
    #expect(schedules.count >= 6)
    for schedule in schedules where !schedule.hasPrefix("UNTIL") { _ = try await normalized(schedule) }
  }
}
