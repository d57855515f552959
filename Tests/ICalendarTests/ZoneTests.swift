import CivilTime
import ICalendar
import Testing

@Suite("Zones that files name")
struct CalendarZoneTests {
  private func event(_ name: String, _ definition: String = "") -> [UInt8] {
    Samples.file(
      "\(definition)\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=\"\(name)\":20270701T193000\nEND:VEVENT"
        .replacing("\n\n", with: "\n"))
  }

  @Test(
    "Names of IANA and Windows, and paths",
    arguments: [
      ("Europe/Berlin", "+02:00"), ("W. Europe Standard Time", "+02:00"), ("Eastern Standard Time", "-04:00"),
      ("/freeassociation.sourceforge.net/Europe/Berlin", "+02:00"),
      ("/citadel.org/20190914_1/America/Argentina/Buenos_Aires", "-03:00"), ("UTC", "+00:00"),
    ])
  func names(name: String, offset: String) throws {
    let utc = try times(event(name), from: "2027-01-01", in: "UTC")
    let hour = try #require(Int(offset.prefix(3)))
    let at = try #require(Instant(parsing: "2027-07-01T19:30:00Z", in: .utc))
    #expect(utc == [at.advanced(byMicroseconds: Int64(-hour) * 3_600_000_000).formatted(in: .utc)])
  }

  static let custom = """
    BEGIN:VTIMEZONE
    TZID:Customized Time Zone
    BEGIN:STANDARD
    DTSTART:16011101T020000
    RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
    TZOFFSETFROM:+0530
    TZOFFSETTO:+0430
    END:STANDARD
    BEGIN:DAYLIGHT
    DTSTART:16010301T020000
    RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
    TZOFFSETFROM:+0430
    TZOFFSETTO:+0530
    END:DAYLIGHT
    END:VTIMEZONE
    """

  @Test("The file's own rule, for a name that the machine does not know")
  func own() throws {
    #expect(try times(event("Customized Time Zone", Self.custom), in: "UTC") == ["2027-07-01T14:00:00+00:00"])
    let fixed = """
      BEGIN:VTIMEZONE
      TZID:Ours
      BEGIN:STANDARD
      DTSTART:19700101T000000
      TZOFFSETFROM:-0330
      TZOFFSETTO:-0330
      END:STANDARD
      END:VTIMEZONE
      """
    #expect(try times(event("Ours", fixed), in: "UTC") == ["2027-07-01T23:00:00+00:00"])
    // X-LIC-LOCATION names the zone.
    let placed = fixed.replacing("TZID:Ours", with: "TZID:Ours\nX-LIC-LOCATION:Europe/Berlin")
    #expect(try times(event("Ours", placed), in: "UTC") == ["2027-07-01T17:30:00+00:00"])
  }

  @Test(
    "If a file defines a zone differently, the machine's zone holds, with a note")
  func differs() throws {
    let zones = calendarZones()
    let wrong = Self.custom.replacing("Customized Time Zone", with: "Europe/Berlin")
    let file = try CalendarFile(parsing: event("Europe/Berlin", wrong), zones: zones)
    #expect(file.notes.map(\.line) == [4])
    #expect(file.notes[0].reason.contains("Europe/Berlin"))
    #expect(try times(event("Europe/Berlin", wrong), in: "UTC") == ["2027-07-01T17:30:00+00:00"])
    #expect(try CalendarFile(parsing: event("Europe/Berlin", Samples.berlin), zones: zones).notes == [])
    // The rule in the file overrides a name of Windows.
    let windows = Self.custom.replacing("Customized Time Zone", with: "W. Europe Standard Time")
    #expect(try times(event("W. Europe Standard Time", windows), in: "UTC") == ["2027-07-01T14:00:00+00:00"])
  }

  @Test("An event with an unknown zone is left out, with a note and its line")
  func unknown() throws {
    let file = try CalendarFile(parsing: event("Nowhere/Land"), zones: calendarZones())
    #expect(file.series.isEmpty)
    #expect(file.notes.map(\.line) == [7])
    #expect(file.notes[0].reason == "DTSTART: there is no time zone Nowhere/Land")
  }
}
