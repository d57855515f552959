import CivilTime
import Glibc
import Phrases
import Schedules
import Testing
import ZoneRig

/// The phrases of `phrases.tsv`, whose head explains the fields.
@Suite("The table of phrases")
struct PhraseTableTests {
  struct Row: CustomTestStringConvertible {
    let phrase: String
    let field: String
    let meaning: String
    let times: String

    var testDescription: String { "\(phrase) (\(field))" }
    var isRefused: Bool { meaning.hasPrefix("ask") || meaning.hasPrefix("refuse") }
  }

  static let rows: [Row] = {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    guard let file = fopen(folder.joined(separator: "/") + "/phrases.tsv", "r") else { return [] }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard !line.hasPrefix("#"), fields.count == 5 else { return nil }
      return Row(phrase: fields[0], field: fields[1], meaning: fields[2], times: fields[3])
    }
  }()

  private let zone: Zone
  private let now: Instant

  init() throws {
    zone = try TestZones.zone("Europe/Berlin")
    now = try #require(Instant(parsing: "2026-11-27T10:30", in: zone))
  }

  @Test("The table is whole")
  func whole() { #expect(Self.rows.count >= 393) }

  @Test(
    "A schedule comes when the phrase means",
    arguments: rows.filter { $0.field == "schedule" && !$0.isRefused })
  func schedules(row: Row) throws {
    let found = try occurrences(PlainWords.schedules(from: row.phrase, now: now, in: zone))
    #expect(try found == occurrences(items(of: row.meaning)))
    #expect((found.count == 1) == (row.times == "once"))
  }

  @Test(
    "A moment and a past are when the phrase means",
    arguments: rows.filter { $0.field != "schedule" && !$0.isRefused })
  func instants(row: Row) throws {
    #expect(try answer(row) == row.meaning)
  }

  @Test(
    "What is unclear is never guessed, and the message names what is missing",
    arguments: rows.filter(\.isRefused))
  func refused(row: Row) {
    let error = #expect(throws: ScheduleError.self) { try answer(row) }
    guard let error, row.meaning.hasPrefix("ask: ") else { return }
    // The word that is proposed stands behind a second colon.
    let missing = row.meaning.dropFirst(5).split(separator: ":").last?.drop { $0 == " " } ?? ""
    let message = error.description
    #expect(message.contains(missing == "times" ? "time" : missing), "\(message)")
  }

  /// The answer to a phrase as the table writes it.
  private func answer(_ row: Row) throws -> String {
    let minute = { (instant: Instant) in
      String(instant.formatted(in: zone).prefix(16).map { $0 == "T" ? " " : $0 })
    }
    switch row.field {
    case "schedule":
      return try PlainWords.schedules(from: row.phrase, now: now, in: zone).joined(separator: " | ")
    case "moment":
      switch try PlainWords.moment(from: row.phrase, now: now, in: zone) {
      case .instant(let instant): return minute(instant)
      case .day(let date): return date.formatted
      }
    default: return minute(try PlainWords.past(from: row.phrase, now: now, in: zone))
    }
  }

  /// The texts of a meaning: ` | ` stands between them, and \n for a line feed.
  private func items(of meaning: String) -> [String] {
    var items = [""]
    var rest = meaning[...]
    while let next = rest.first {
      if rest.hasPrefix(" | ") {
        items.append("")
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("\\n") {
        items[items.count - 1] += "\n"
        rest = rest.dropFirst(2)
      } else {
        items[items.count - 1].append(next)
        rest = rest.dropFirst()
      }
    }
    return items
  }

  /// The next occurrences of some texts together.
  private func occurrences(_ texts: [String]) throws -> [Instant] {
    let zones = TestZones.all()
    let schedule = Schedule(union: try texts.map { try Schedule(parsing: $0, zones: zones) })
    var found: [Instant] = []
    while found.count < 60, let next = schedule.next(after: found.last ?? now, in: zone) {
      found.append(next)
    }
    return found
  }
}
