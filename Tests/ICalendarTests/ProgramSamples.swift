import Testing

/// Events as common programs write them, with their line breaks, parameters, properties and names of zones.
/// They were made for these tests.
enum ProgramSamples {
  struct Sample: Sendable, CustomTestStringConvertible {
    let program: String
    let bytes: [UInt8]
    let title: String
    let times: [String]
    var testDescription: String { program }
  }

  static let all = [google, apple, nextcloud, outlook, evolution, davx, thunderbird]

  private static func bytes(_ text: String, newline: String = "\r\n") -> [UInt8] {
    Array(
      (text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: newline) + newline)
        .utf8)
  }

  static let google = Sample(
    program: "Google Calendar",
    bytes: bytes(
      """
      BEGIN:VCALENDAR
      PRODID:-//Google Inc//Google Calendar 70.9054//EN
      VERSION:2.0
      CALSCALE:GREGORIAN
      METHOD:PUBLISH
      X-WR-CALNAME:Us two
      X-WR-TIMEZONE:Europe/Berlin
      BEGIN:VTIMEZONE
      TZID:Europe/Berlin
      X-LIC-LOCATION:Europe/Berlin
      BEGIN:DAYLIGHT
      TZOFFSETFROM:+0100
      TZOFFSETTO:+0200
      TZNAME:GMT+2
      DTSTART:19700329T020000
      RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
      END:DAYLIGHT
      BEGIN:STANDARD
      TZOFFSETFROM:+0200
      TZOFFSETTO:+0100
      TZNAME:GMT+1
      DTSTART:19701025T030000
      RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
      END:STANDARD
      END:VTIMEZONE
      BEGIN:VEVENT
      DTSTART;TZID=Europe/Berlin:20261106T193000
      DTEND;TZID=Europe/Berlin:20261106T220000
      RRULE:FREQ=WEEKLY;WKST=SU;INTERVAL=2;BYDAY=FR
      EXDATE;TZID=Europe/Berlin:20261204T193000
      DTSTAMP:20261101T101112Z
      UID:3k2l1m0n9b8v7c6x5z4@google.com
      CREATED:20261001T091500Z
      DESCRIPTION:<b>Somewhere new</b>\\, no phones
      LAST-MODIFIED:20261031T200000Z
      SEQUENCE:2
      STATUS:CONFIRMED
      SUMMARY:Date night ❤️
      TRANSP:OPAQUE
      BEGIN:VALARM
      ACTION:DISPLAY
      DESCRIPTION:This is an event reminder
      TRIGGER:-P0DT0H30M0S
      END:VALARM
      END:VEVENT
      BEGIN:VEVENT
      DTSTART;TZID=Europe/Berlin:20261121T200000
      DTEND;TZID=Europe/Berlin:20261121T220000
      DTSTAMP:20261101T101112Z
      UID:3k2l1m0n9b8v7c6x5z4@google.com
      RECURRENCE-ID;TZID=Europe/Berlin:20261120T193000
      SUMMARY:Date night ❤️
      STATUS:CONFIRMED
      END:VEVENT
      END:VCALENDAR
      """),
    title: "Date night ❤️",
    times: [
      "2026-11-06T19:30:00+01:00", "2026-11-21T20:00:00+01:00", "2026-12-18T19:30:00+01:00",
      "2027-01-01T19:30:00+01:00",
    ])

  static let apple = Sample(
    program: "Apple Calendar",
    bytes: bytes(
      """
      BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:-//Apple Inc.//macOS 15.1//EN
      CALSCALE:GREGORIAN
      BEGIN:VEVENT
      CREATED:20261010T120000Z
      UID:5B4C1A7E-6E0B-4F0C-9F55-0A4E1D2C3B4A
      DTEND;VALUE=DATE:20261129
      TRANSP:TRANSPARENT
      X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC
      SUMMARY:Anniversary of the first coffee\\; the place by the river where all of
        this began\\, years ago
      LAST-MODIFIED:20261010T120100Z
      DTSTAMP:20261010T120101Z
      DTSTART;VALUE=DATE:20261128
      SEQUENCE:1
      RRULE:FREQ=YEARLY;INTERVAL=1
      X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS="River Street 1\\nTown";X-APP
       LE-RADIUS=70.5;X-TITLE="Café; corner":geo:52.500000,13.400000
      BEGIN:VALARM
      X-WR-ALARMUID:0F0E0D0C-1111-2222-3333-444455556666
      UID:0F0E0D0C-1111-2222-3333-444455556666
      TRIGGER:PT10H
      ACTION:DISPLAY
      DESCRIPTION:Reminder
      ACKNOWLEDGED:20251128T093000Z
      END:VALARM
      BEGIN:VALARM
      X-WR-ALARMUID:0F0E0D0C-1111-2222-3333-444455556667
      UID:0F0E0D0C-1111-2222-3333-444455556667
      TRIGGER;VALUE=DATE-TIME:19760401T005545Z
      ACTION:NONE
      END:VALARM
      END:VEVENT
      END:VCALENDAR
      """),
    title: "Anniversary of the first coffee; the place by the river where all of this began, years ago",
    times: ["2026-11-28T10:00:00+01:00", "2027-11-28T10:00:00+01:00"])

  static let nextcloud = Sample(
    program: "Nextcloud",
    bytes: bytes(
      """
      BEGIN:VCALENDAR
      PRODID:-//IDN nextcloud.com//Calendar app 5.0.4//EN
      CALSCALE:GREGORIAN
      VERSION:2.0
      BEGIN:VEVENT
      CREATED:20261101T080000Z
      DTSTAMP:20261101T080512Z
      LAST-MODIFIED:20261101T080512Z
      SEQUENCE:3
      UID:1d3c0a54-7d53-4f0c-b7b5-9c2c7c1b2a11
      DTSTART;TZID=Europe/Berlin:20261102T080000
      DTEND;TZID=Europe/Berlin:20261102T081000
      STATUS:CONFIRMED
      SUMMARY:Morning check-in
      CATEGORIES:Us,Daily life
      RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
      BEGIN:VALARM
      ACTION:DISPLAY
      TRIGGER;RELATED=START:PT0S
      END:VALARM
      END:VEVENT
      \(Samples.berlin)
      END:VCALENDAR
      """),
    title: "Morning check-in",
    times: ["2026-11-02T08:00:00+01:00", "2026-11-03T08:00:00+01:00"])

  static let outlook = Sample(
    program: "Outlook",
    bytes: bytes(
      """
      BEGIN:VCALENDAR
      PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
      VERSION:2.0
      METHOD:PUBLISH
      X-MS-OLK-FORCEINSPECTOROPEN:TRUE
      BEGIN:VTIMEZONE
      TZID:W. Europe Standard Time
      BEGIN:STANDARD
      DTSTART:16011028T030000
      RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
      TZOFFSETFROM:+0200
      TZOFFSETTO:+0100
      END:STANDARD
      BEGIN:DAYLIGHT
      DTSTART:16010325T020000
      RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
      TZOFFSETFROM:+0100
      TZOFFSETTO:+0200
      END:DAYLIGHT
      END:VTIMEZONE
      BEGIN:VEVENT
      CLASS:PRIVATE
      CREATED:20261101T080000Z
      DESCRIPTION:\\n
      DTEND;TZID="W. Europe Standard Time":20261108T200000
      DTSTAMP:20261101T080000Z
      DTSTART;TZID="W. Europe Standard Time":20261108T190000
      LAST-MODIFIED:20261101T080000Z
      PRIORITY:5
      RRULE:FREQ=WEEKLY;BYDAY=SU
      SEQUENCE:0
      SUMMARY;LANGUAGE=en-us:State of us
      TRANSP:OPAQUE
      UID:040000008200E00074C5B7101A82E0080000000000B1C2D3E4F5DA01000000000000000
      \t0100000003C4D5E6F708192A3B4C5D6E7F8091A2B
      X-ALT-DESC;FMTTYPE=text/html:<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2//EN">\\n
      X-MICROSOFT-CDO-BUSYSTATUS:BUSY
      X-MICROSOFT-DISALLOW-COUNTER:FALSE
      BEGIN:VALARM
      TRIGGER:-PT15M
      ACTION:DISPLAY
      DESCRIPTION:Reminder
      END:VALARM
      END:VEVENT
      END:VCALENDAR
      """),
    title: "State of us",
    times: ["2026-11-08T19:00:00+01:00", "2026-11-15T19:00:00+01:00"])

  static let evolution = Sample(
    program: "Evolution",
    bytes: bytes(
      """
      BEGIN:VCALENDAR
      CALSCALE:GREGORIAN
      PRODID:-//Ximian//NONSGML Evolution Calendar//EN
      VERSION:2.0
      BEGIN:VTIMEZONE
      TZID:/freeassociation.sourceforge.net/Europe/Berlin
      X-LIC-LOCATION:Europe/Berlin
      BEGIN:STANDARD
      TZNAME:CET
      DTSTART:19701025T030000
      RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
      TZOFFSETFROM:+0200
      TZOFFSETTO:+0100
      END:STANDARD
      BEGIN:DAYLIGHT
      TZNAME:CEST
      DTSTART:19700329T020000
      RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
      TZOFFSETFROM:+0100
      TZOFFSETTO:+0200
      END:DAYLIGHT
      END:VTIMEZONE
      BEGIN:VEVENT
      UID:8f1f9d1c2b3a4d5e6f708192a3b4c5d6e7f80912
      DTSTAMP:20261101T080000Z
      DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20261114T150000
      DTEND;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20261114T160000
      SEQUENCE:2
      SUMMARY:Hold hands
      RRULE;X-EVOLUTION-ENDDATE=20261128T140000Z:FREQ=WEEKLY;COUNT=3;BYDAY=SA
      CLASS:PUBLIC
      CREATED:20261101T080000Z
      LAST-MODIFIED:20261101T080000Z
      BEGIN:VALARM
      X-EVOLUTION-ALARM-UID:aa11bb22cc33dd44ee55ff6677889900aabbccdd
      ACTION:DISPLAY
      DESCRIPTION:Hold hands
      TRIGGER;RELATED=START:-PT5M
      REPEAT:2
      DURATION:PT10M
      END:VALARM
      END:VEVENT
      END:VCALENDAR
      """),
    title: "Hold hands",
    times: ["2026-11-14T15:00:00+01:00", "2026-11-21T15:00:00+01:00", "2026-11-28T15:00:00+01:00"])

  static let davx = Sample(
    program: "DAVx⁵",
    bytes: bytes(
      """
      BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:DAVx5/4.4.3-ose ical4j/3.2.19 (com.android.calendar)
      BEGIN:VEVENT
      DTSTAMP:20261101T080000Z
      UID:b6b8d3a0-1111-4c4c-8d8d-0f0f0f0f0f0f
      SEQUENCE:1
      SUMMARY:Long hug
      DTSTART;TZID=Europe/Berlin:20261102T181500
      DURATION:PT15M
      RRULE:FREQ=DAILY;UNTIL=20261104T225959Z
      STATUS:CONFIRMED
      BEGIN:VALARM
      TRIGGER:-PT10M
      ACTION:DISPLAY
      DESCRIPTION:Long hug
      END:VALARM
      END:VEVENT
      \(Samples.berlin)
      END:VCALENDAR
      """),
    title: "Long hug",
    times: ["2026-11-02T18:15:00+01:00", "2026-11-03T18:15:00+01:00", "2026-11-04T18:15:00+01:00"])

  static let thunderbird = Sample(
    program: "Thunderbird",
    bytes: bytes(
      """
      BEGIN:VCALENDAR
      PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN
      VERSION:2.0
      BEGIN:VTODO
      CREATED:20261101T080000Z
      LAST-MODIFIED:20261101T080000Z
      DTSTAMP:20261101T080000Z
      UID:c0ffee00-aaaa-bbbb-cccc-ddddeeeeffff
      SUMMARY:Call the sitter
      DUE;TZID=/mozilla.org/20070129_1/Europe/Berlin:20261120T180000
      X-MOZ-LASTACK:20261120T170500Z
      PERCENT-COMPLETE:0
      BEGIN:VALARM
      ACTION:DISPLAY
      TRIGGER;VALUE=DATE-TIME:20261120T163000Z
      DESCRIPTION:Mozilla Alarm: Call the sitter
      END:VALARM
      END:VTODO
      END:VCALENDAR
      """, newline: "\n"),
    title: "Call the sitter",
    times: ["2026-11-20T18:00:00+01:00"])
}
