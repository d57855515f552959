import CivilTime
import ICalendar
import Rituals
import Schedules
import Testing

@Suite("Files as programs write them")
struct ProgramTests {
  @Test("They are read", arguments: ProgramSamples.all)
  func reads(sample: ProgramSamples.Sample) throws {
    let file = try CalendarFile(parsing: sample.bytes, zones: calendarZones())
    #expect(file.notes == [])
    #expect(try only(sample.bytes).title == sample.title)
    #expect(try times(sample.bytes, count: sample.times.count) == sample.times)
  }

  @Test("They are written back byte for byte", arguments: ProgramSamples.all)
  func isLossless(sample: ProgramSamples.Sample) throws {
    #expect(try CalendarText(parsing: sample.bytes).bytes == sample.bytes)
  }

  @Test("A change of one line leaves all others", arguments: ProgramSamples.all)
  func changesOneLine(sample: ProgramSamples.Sample) throws {
    var text = try CalendarText(parsing: sample.bytes)
    let newline = text.newline
    text.update { component, _ in
      guard component.name == "VEVENT" || component.name == "VTODO" else { return }
      component.set(Property("SEQUENCE", value: "77", newline: newline))
    }
    let before = lines(sample.bytes)
    let after = lines(text.bytes)
    let others = { (lines: [String]) in lines.filter { !$0.hasPrefix("SEQUENCE") } }
    #expect(others(before) == others(after))
    #expect(after.contains("SEQUENCE:77"))
  }

  private func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 10).map { String(decoding: $0, as: UTF8.self).replacing("\r", with: "") }
  }

  @Test("Alarms become the lead and the nudge")
  func alarms() throws {
    #expect(try only(ProgramSamples.google.bytes).lead == TimeSpan(parsing: "30min"))
    #expect(try only(ProgramSamples.apple.bytes).lead == nil)
    let evolution = try only(ProgramSamples.evolution.bytes)
    #expect(evolution.lead == (try TimeSpan(parsing: "5min")))
    #expect(evolution.nudge == Nudge(every: 600_000_000, times: 2))
    #expect(try only(ProgramSamples.thunderbird.bytes).lead == TimeSpan(parsing: "30min"))
  }

  @Test("Answers in other programs are known, as each program writes them")
  func acknowledged() throws {
    #expect(
      try only(ProgramSamples.apple.bytes).acknowledged?.formatted(in: .utc) == "2025-11-28T09:30:00+00:00")
    #expect(
      try only(ProgramSamples.thunderbird.bytes).acknowledged?.formatted(in: .utc)
        == "2026-11-20T17:05:00+00:00")
    #expect(try only(ProgramSamples.google.bytes).acknowledged == nil)
  }

  @Test("Private events and categories are known")
  func more() throws {
    #expect(try only(ProgramSamples.outlook.bytes).isPrivate)
    let nextcloud = try only(ProgramSamples.nextcloud.bytes)
    #expect(nextcloud.categories == ["Us", "Daily life"])
    #expect(nextcloud.belongs(to: ["us"]))
    #expect(nextcloud.belongs(to: []))
    #expect(!nextcloud.belongs(to: ["work"]))
  }
}
