import CivilTime
import ICalendar
import Schedules
import Testing

@Suite("Answers in calendar files")
struct CalendarAnswerTests {
  private func instant(_ text: String) throws -> Instant { try #require(Instant(parsing: text, in: .utc)) }

  private func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split { $0 == 10 || $0 == 13 }.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("An answer is written into visible alarms, and everything else stays", arguments: ProgramSamples.all)
  func acknowledges(sample: ProgramSamples.Sample) throws {
    var text = try CalendarText(parsing: sample.bytes)
    let uid = try only(sample.bytes).uid
    let at = try instant("2026-11-27T18:31:07.5Z")
    let isNews = text.acknowledge(uid, at: at)
    #expect(isNews)
    let added = lines(text.bytes).filter { !lines(sample.bytes).contains($0) }
    #expect(Set(added).isSubset(of: ["ACKNOWLEDGED:20261127T183107Z", "X-MOZ-LASTACK:20261127T183107Z"]))
    #expect(!added.isEmpty)
    #expect(try only(text.bytes).acknowledged == instant("2026-11-27T18:31:07Z"))
    #expect(try only(text.bytes).schedule.fingerprint == only(sample.bytes).schedule.fingerprint)
    // The answer is in the file already, or a later one is.
    for (uid, time) in [
      (uid, "2026-11-27T18:31:07Z"), (uid, "2026-11-20T18:00:00Z"), ("someone-else", "2026-12-20T18:00:00Z"),
    ] {
      let isNews = text.acknowledge(uid, at: try instant(time))
      #expect(!isNews, "\(uid) \(time)")
    }
  }

  @Test("An event without alarms gets one that other programs ignore")
  func withoutAlarm() throws {
    var text = try CalendarText(parsing: Samples.event("DTSTART:20261127T193000"))
    _ = text.acknowledge("1@example.org", at: try instant("2026-11-27T18:31:00Z"))
    #expect(lines(text.bytes).contains("ACTION:X-RITUAL"))
    let ritual = try only(text.bytes)
    #expect(ritual.acknowledged == (try instant("2026-11-27T18:31:00Z")))
    #expect(ritual.lead == nil)
    let isNews = text.acknowledge("1@example.org", at: try instant("2026-11-28T18:31:00Z"))
    #expect(isNews)
    #expect(lines(text.bytes).filter { $0 == "BEGIN:VALARM" }.count == 1)
  }

  private static func version(_ lines: String, sequence: Int = 0, answer: String? = nil) -> [UInt8] {
    Samples.event(
      """
      SEQUENCE:\(sequence)
      \(lines)
      BEGIN:VALARM
      UID:a
      ACTION:DISPLAY
      TRIGGER:PT0S\(answer.map { "\nACKNOWLEDGED:\($0)" } ?? "")
      END:VALARM
      """)
  }

  private func merged(_ one: [UInt8], _ other: [UInt8]) throws -> CalendarMerge {
    let there = CalendarMerge(try CalendarText(parsing: one), try CalendarText(parsing: other))
    let back = CalendarMerge(try CalendarText(parsing: other), try CalendarText(parsing: one))
    #expect(there.text.bytes == back.text.bytes, "the two sides do not come to the same")
    return there
  }

  @Test("Of two answers at once the later one holds, and nothing is lost")
  func bothAnswer() throws {
    let one = Self.version("DTSTART:20261127T193000", answer: "20261127T183100Z")
    let other = Self.version("DTSTART:20261127T193000", answer: "20261127T183200Z")
    let merge = try merged(one, other)
    #expect(merge.loser == nil)
    #expect(try only(merge.text.bytes).acknowledged == instant("2026-11-27T18:32:00Z"))
  }

  @Test("An answer and a change at once are both kept")
  func answerAndChange() throws {
    let answered = Self.version("DTSTART:20261127T193000", answer: "20261127T183100Z")
    let changed = Self.version("DTSTART:20261127T200000\nLOCATION:Home", sequence: 1)
    let merge = try merged(answered, changed)
    #expect(try only(merge.text.bytes).acknowledged == instant("2026-11-27T18:31:00Z"))
    #expect(lines(merge.text.bytes).contains("DTSTART:20261127T200000"))
    // The old time is lost, so its version is kept elsewhere.
    #expect(merge.loser == .first)
  }

  @Test("Of two changes the later one holds, and the version that lost words is known")
  func bothChange() throws {
    let one = Self.version("DTSTART:20261127T193000\nSUMMARY:Dinner at home", sequence: 2)
    let other = Self.version("DTSTART:20261127T193000\nSUMMARY:Dinner out", sequence: 1)
    let merge = try merged(one, other)
    #expect(merge.loser == .second)
    #expect(try only(merge.text.bytes).title == "Dinner at home")
    // Without time stamps, both sides choose the same version.
    let tie = Self.version("DTSTART:20261127T193000\nSUMMARY:Dinner out", sequence: 2)
    #expect(try merged(one, tie).loser != nil)
  }

  @Test("Different occurrences moved on the two sides are both moved")
  func occurrences() throws {
    func version(_ day: String) -> [UInt8] {
      Samples.file(
        """
        BEGIN:VEVENT
        UID:1
        DTSTART:20261127T193000
        RRULE:FREQ=WEEKLY
        END:VEVENT
        BEGIN:VEVENT
        UID:1
        RECURRENCE-ID:\(day)T193000
        DTSTART:\(day)T210000
        END:VEVENT
        """)
    }
    let merge = CalendarMerge(
      try CalendarText(parsing: version("20261127")), try CalendarText(parsing: version("20261204")))
    #expect(merge.loser == nil)
    #expect(
      try times(merge.text.bytes, count: 3) == [
        "2026-11-27T21:00:00+01:00", "2026-12-04T21:00:00+01:00", "2026-12-11T19:30:00+01:00",
      ])
  }
}
