import CivilTime
import ICalendar
import Rituals
import Schedules
import Testing
import ZoneRig

/// The zones of the tests.
func calendarZones() -> CalendarZones { CalendarZones(TestZones.all(), year: 2026) }

/// Files as programs write them, made for these tests.
enum Samples {
  static func file(_ body: String, newline: String = "\r\n") -> [UInt8] {
    let lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Test//EN", body, "END:VCALENDAR", ""]
    return Array(
      lines.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        .joined(separator: newline).utf8)
  }

  static func event(_ lines: String, uid: String = "1@example.org") -> [UInt8] {
    file("BEGIN:VEVENT\nUID:\(uid)\nDTSTAMP:20261101T080000Z\n\(lines)\nEND:VEVENT")
  }

  static let berlin = """
    BEGIN:VTIMEZONE
    TZID:Europe/Berlin
    BEGIN:DAYLIGHT
    TZOFFSETFROM:+0100
    TZOFFSETTO:+0200
    TZNAME:CEST
    DTSTART:19700329T020000
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
    END:DAYLIGHT
    BEGIN:STANDARD
    TZOFFSETFROM:+0200
    TZOFFSETTO:+0100
    TZNAME:CET
    DTSTART:19701025T030000
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
    END:STANDARD
    END:VTIMEZONE
    """
}

/// The occurrences of a file's rituals after an instant, as RFC 3339 in a zone, in order.
func times(
  _ bytes: [UInt8], from: String = "2026-11-01", count: Int = 4, in name: String = "Europe/Berlin"
) throws -> [String] {
  let zones = calendarZones()
  let zone = try zones.zone(named: name)
  let rituals = try rituals(bytes, zones)
  var found: [Instant] = []
  for ritual in rituals {
    var point = try #require(Instant(parsing: from, in: zone))
    for _ in 0..<count {
      guard let next = ritual.schedule.next(after: point, in: zone) else { break }
      found.append(next)
      point = next
    }
  }
  return found.sorted().prefix(count).map { $0.formatted(in: zone) }
}

func rituals(_ bytes: [UInt8], _ zones: CalendarZones = calendarZones()) throws -> [CalendarRitual] {
  try CalendarFile(parsing: bytes, zones: zones).series.flatMap { try $0.rituals(zones: zones) }
}

func only(_ bytes: [UInt8]) throws -> CalendarRitual {
  let all = try rituals(bytes)
  try #require(all.count == 1)
  return all[0]
}
