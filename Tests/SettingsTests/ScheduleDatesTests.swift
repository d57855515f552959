import CivilTime
import Rituals
import Schedules
import Settings
import Testing

@Suite("Dates beside a schedule")
struct ScheduleDatesTests {
  private static let rule = #"schedule = "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR""#

  @Test(
    "The start, what is left out, and what comes besides",
    arguments: [
      ([rule, "start = 2026-11-27T19:30:00", "except = [2026-12-25]"], "27T19:30 11T19:30 08T19:30"),
      // In quotes it is the same.
      ([rule, #"start = "2026-11-27T19:30:00""#, #"except = ["2026-12-25"]"#], "27T19:30 11T19:30 08T19:30"),
      // The keys come in any order.
      (["start = 2026-11-27T19:30:00", "also = 2026-12-02", rule], "27T19:30 02T19:30 11T19:30"),
      ([rule, "start = 2026-11-27", "except = 2026-11-27T00:00:00"], "11T00:00 25T00:00 08T00:00"),
      (
        [rule, "start = 2026-11-27T19:30:00Z", "also = [2026-12-02T08:00:00+01:00]"],
        "27T19:30 02T07:00 11T19:30"
      ),
      (
        [
          #"schedule = "Fri 08:05""#, "start = 2026-12-04", "except = 2026-12-11",
          "also = 2026-12-12T10:00:00",
        ],
        "04T08:05 12T10:00 18T08:05"
      ),
    ])
  func dates(lines: [String], expected: String) throws {
    let text = "[ritual.a]\ntitle = \"A\"\n" + lines.joined(separator: "\n") + "\n"
    let loaded = Settings.load(files: [("ritual.toml", Array(text.utf8))], zones: FewZones())
    #expect(loaded.problems.map(\.rendered) == [])
    let schedule = try #require(loaded.configuration.rituals.first).schedule
    var instant = try #require(Instant(parsing: "2026-11-24", in: .utc))
    var found: [String] = []
    while found.count < 3, let next = schedule.next(after: instant, in: .utc) {
      found.append(String(Zone.utc.local(at: next).civil.formatted.dropFirst(8).dropLast(3)))
      instant = next
    }
    #expect(found.joined(separator: " ") == expected)
  }

  @Test("Another date is another schedule")
  func fingerprint() throws {
    func fingerprint(_ line: String) throws -> String {
      let text = "[ritual.a]\ntitle = \"A\"\nschedule = \"08:05\"\n\(line)\n"
      let loaded = Settings.load(files: [("ritual.toml", Array(text.utf8))], zones: FewZones())
      return try #require(loaded.configuration.rituals.first).schedule.fingerprint
    }
    let all = try ["", "start = 2026-11-27", "except = 2026-11-27", "also = 2026-11-27"].map(fingerprint)
    #expect(Set(all).count == 4)
  }
}
