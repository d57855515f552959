import CivilTime
import ICalendar
import Rituals
import Schedules
import Testing
import ZoneRig

/// Rituals published in calendars.
@Suite("Rituals as events")
struct OutgoingTests {
  static let now = "2026-11-25T12:00:00"

  static func ritual(
    _ schedule: String = "Sun 19:00", title: String = "State of us",
    message: String? = "An hour, phones away.",
    lead: String? = nil, zone: String? = nil, isPrivate: Bool = false
  ) throws -> Ritual {
    let zones = TestZones.all()
    return Ritual(
      id: try #require(RitualID("state-of-us")), title: title, message: message,
      schedule: try Schedule(parsing: schedule, zones: zones),
      zone: try zone.map { name throws in try zones.zone(named: name) },
      lead: try lead.map { text throws in try TimeSpan(parsing: text) }, isPrivate: isPrivate)
  }

  static func events(
    _ ritual: Ritual, owner: String = "ada", words: PublishedWords = .titles, now: String = now
  ) throws -> [OutgoingEvent] {
    let local = try TestZones.all().zone(named: "Europe/Berlin")
    return OutgoingEvent.events(
      of: ritual, owner: owner, words: words, now: try #require(Instant(parsing: now, in: local)),
      local: local)
  }

  static func instant(_ text: String = now) throws -> Instant {
    try #require(
      Instant(parsing: text, in: TestZones.all().zone(named: "Europe/Berlin")))
  }

  static func file(_ ritual: Ritual, words: PublishedWords = .titles) throws -> CalendarText {
    let events = try events(ritual, words: words)
    return OutgoingEvent.calendar(
      try events.map { $0.component(now: try instant()) }, zones: events.compactMap(\.dates.zone), year: 2026,
      version: "0.0.0")
  }

  private func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
  }

  @Test(
    "An event has the title, the time and an alarm at its time, and the message only with full words")
  func event() throws {
    let text = lines(try Self.file(try Self.ritual(lead: "30min")).bytes)
    for line in [
      "SUMMARY:State of us", "DTSTART:20261129T190000", "RRULE:FREQ=WEEKLY;BYDAY=SU", "SEQUENCE:0",
      "DTSTAMP:20261125T110000Z",
      "TRIGGER:PT0S", "TRIGGER:-PT30M", "X-RITUAL-ID:state-of-us",
    ] { #expect(text.contains(line), "\(line)") }
    #expect(!text.contains { $0.contains("phones") || $0.hasPrefix("CLASS") })
    let full = lines(try Self.file(try Self.ritual(isPrivate: true), words: .full).bytes)
    #expect(full.contains("DESCRIPTION:An hour\\, phones away."))
    #expect(full.contains("CLASS:PRIVATE"))
  }

  @Test(
    "A published ritual is read as the same ritual",
    arguments: [
      ("Sun 19:00", nil), ("Mon..Fri 08:05", "America/New_York"), ("08:05 Europe/Berlin", nil),
      ("Sat,Sun 9,15:30 UTC", nil),
      ("Sun *-*-1..7 17:00", "Africa/Casablanca"), ("Fri *-*~7/1 20:00", "Australia/Lord_Howe"),
      (
        "DTSTART:20261127T193000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR\nEXDATE;VALUE=DATE:20261211",
        "Europe/Berlin"
      ),
      ("*-*-01 10:00:00.5", nil),
    ] as [(String, String?)])
  func roundTrip(schedule: String, zone: String?) throws {
    let ritual = try Self.ritual(schedule, zone: zone)
    let bytes = try Self.file(ritual).bytes
    let file = try CalendarFile(parsing: bytes, zones: calendarZones())
    #expect(file.notes == [])
    let again = try only(bytes)
    #expect(again.title == ritual.title)
    let local = try calendarZones().zone(named: "Europe/Berlin")
    var point = try Self.instant()
    for _ in 0..<12 {
      let next = ritual.schedule.next(after: point, in: ritual.zone ?? local)
      let found = again.schedule.next(after: point, in: local)
      #expect(found == next.map { Instant(seconds: $0.microseconds / 1_000_000) }, "\(schedule)")
      guard let next else { break }
      point = next
    }
  }

  @Test("A UID is stable, and different for another owner, ritual or schedule of a list")
  func uids() throws {
    let uid = try Self.events(try Self.ritual())[0].uid
    #expect(uid == (try Self.events(try Self.ritual("22:15", title: "Other"), now: "2027-05-01"))[0].uid)
    #expect(uid != (try Self.events(try Self.ritual(), owner: "bob"))[0].uid)
    #expect(uid.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
    let list = Schedule(union: [try Self.ritual("Mon 8:00").schedule, try Self.ritual("Sat 9:00").schedule])
    let both = Ritual(id: try #require(RitualID("state-of-us")), title: "Both", schedule: list)
    #expect(Set(try Self.events(both).map(\.uid)).count == 2)
  }

  @Test("Nothing is written if nothing changed, on any day")
  func unchanged() throws {
    for (schedule, later) in [
      ("Sun 19:00", "2027-05-01"), ("*-*-01 10:00:00.5", "2026-11-29"), ("2027-08-01 10:00", "2027-05-01"),
    ] {
      var component = try Self.events(try Self.ritual(schedule))[0].component(now: try Self.instant())
      let again = try Self.events(try Self.ritual(schedule), now: later)[0]
      let isWritten = again.update(&component, now: try Self.instant(later), newline: [13, 10])
      #expect(!isWritten, "\(schedule)")
    }
    // The dates of a year are updated once a month.
    var component = try Self.events(try Self.ritual("*-*-01 10:00:00.5"))[0].component(
      now: try Self.instant())
    let later = try Self.events(try Self.ritual("*-*-01 10:00:00.5"), now: "2026-12-02")[0]
    let isWritten = later.update(&component, now: try Self.instant("2026-12-02"), newline: [13, 10])
    #expect(isWritten)
  }

  @Test("A change is written into the existing event, and additions of others stay")
  func update() throws {
    var text = try Self.file(try Self.ritual())
    let newline = text.newline
    let foreign = [
      "X-APPLE-TRAVEL;x=\"y:z\":AUTOMATIC", "LOCATION:The kitchen", "DESCRIPTION:A note from the phone",
    ]
    text.update { component, _ in
      for line in foreign {
        let colon = line.lastIndex(of: ":") ?? line.startIndex
        component.add(
          .property(
            Property(
              String(line[..<colon]), value: String(line[line.index(after: colon)...]), newline: newline)))
      }
      component.set(Property("EXDATE", value: "20261206T190000", newline: newline))
    }
    let changed = try Self.events(try Self.ritual(title: "State of the two of us"), now: "2027-01-01")[0]
    var count = 0
    let later = try Self.instant("2027-01-01")
    text.update { component, _ in count += changed.update(&component, now: later, newline: newline) ? 1 : 0 }
    #expect(count == 1)
    let after = lines(text.bytes)
    for line in foreign + [
      "SEQUENCE:1", "LAST-MODIFIED:20261231T230000Z", "CREATED:20261125T110000Z",
      "SUMMARY:State of the two of us",
      // The series began then, and a user deleted an occurrence on a phone.
      "DTSTART:20261129T190000", "EXDATE:20261206T190000",
    ] { #expect(after.contains(line), "\(line)") }
    // Another time of day begins a new series.
    let moved = try Self.events(try Self.ritual("Sun 20:00"), now: "2027-01-01")[0]
    text.update { component, _ in _ = moved.update(&component, now: later, newline: newline) }
    #expect(lines(text.bytes).contains("DTSTART:20270103T200000"))
    #expect(!lines(text.bytes).contains { $0.hasPrefix("EXDATE") })
  }

  @Test(
    "Words that are no longer public are removed, also those that a file cannot have as they are",
    arguments: ["An hour, phones away.", "An \u{200f}hour;\u{202e} phones away"])
  func hidden(message: String) throws {
    var text = try Self.file(try Self.ritual(message: message), words: .full)
    #expect(lines(text.bytes).contains { $0.contains("phones") })
    let titles = try Self.events(try Self.ritual(message: message), words: .titles)[0]
    let now = try Self.instant()
    text.update { component, _ in _ = titles.update(&component, now: now, newline: [13, 10]) }
    #expect(!lines(text.bytes).contains { $0.contains("phones") })
  }

  @Test("A digest is that of the standard's examples (FIPS 180-4)")
  func digest() {
    let rows = [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ]
    for (text, digest) in rows { #expect(Digest.hexadecimal(Digest.sha256(Array(text.utf8))) == digest) }
    let million = Array(repeating: UInt8(ascii: "a"), count: 200)
    #expect(
      Digest.hexadecimal(Digest.sha256(million))
        == "c2a908d98f5df987ade41b5fce213067efbcc21ef2240212a41e54b5e7c28ae5")
  }

  @Test(
    "PyPI's icalendar reads the written file, and recurring-ical-events finds the same times",
    .enabled(if: Oracle.isThere, Oracle.absence))
  func oracles() async throws {
    let schedules = [
      "Sun 19:00 Europe/Berlin", "Mon..Fri 08:05 America/New_York", "Sun *-*-1..7 17:00 Europe/London",
      "Fri *-*~7/1 20:00 Australia/Sydney", "*-12-24 18:00 Europe/Berlin",
      "02:30 Europe/Berlin",
    ]
    let title = "Tea; with honey, \\ and a long talk about everything that the two of us have put off ❤️"
    let files = try schedules.map { schedule throws in
      try Self.file(try Self.ritual(schedule, title: title), words: .full).bytes
    }
    for answer in try await Oracle.answers("properties.py", files) {
      #expect(answer.contains("VEVENT.SUMMARY=Tea\\; with honey\\, \\\\ and"), "\(answer)")
      #expect(answer.contains("VEVENT.DESCRIPTION=An hour\\, phones away."))
      #expect(answer.contains("VALARM.TRIGGER=PT0S") || answer.contains("VALARM.TRIGGER=P"), "\(answer)")
    }
    let local = try calendarZones().zone(named: "Europe/Berlin")
    let end = try #require(Instant(parsing: "2027-11-01", in: .utc))
    for (schedule, answer) in zip(schedules, try await Oracle.answers("occurrences.py", files)) {
      let ritual = try Self.ritual(schedule)
      var point = try Self.instant()
      var ours: [String] = []
      while let next = ritual.schedule.next(after: point, in: local), next < end {
        ours.append(next.formatted(in: .utc).prefix(19).filter { $0 != "-" && $0 != ":" } + "Z")
        point = next
      }
      // A time that the clocks skip is shifted here, by the RFC; Python's zones differ.
      let theirs = answer.split(separator: " ").map(String.init)
      #expect(
        Set(ours).symmetricDifference(theirs).count <= (schedule.hasPrefix("02:30") ? 2 : 0),
        "\(schedule): \(answer)")
    }
  }
}
