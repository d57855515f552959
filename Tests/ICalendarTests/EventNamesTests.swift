import CivilTime
import ICalendar
import Rituals
import Schedules
import Testing

@Suite("The ids of events through all changes")
struct EventNamesTests {
  private func event(_ uid: String, _ title: String, modified: Int64? = nil) throws -> CalendarRitual {
    let stamp = modified.map { "\nLAST-MODIFIED:\(DateValue.instant(Instant(seconds: $0)).text)" } ?? ""
    return try only(Samples.event("DTSTART:20261127T100000\nSUMMARY:\(title)\(stamp)", uid: uid))
  }

  /// The ids and `since` of a calendar's events at a second.
  private func name(
    _ names: inout EventNames, _ events: [CalendarRitual], at second: Int64, elsewhere: Set<String> = []
  ) -> [String] {
    var changes: [Change] = []
    let named = names.name(
      events, now: Instant(seconds: second), isElsewhere: elsewhere.contains, changes: &changes)
    return named.map { named in
      named.map { "\($0.id) \($0.since.map { "\($0.microseconds / 1_000_000)" } ?? "now")" } ?? "-"
    }
  }

  /// The same calendar in the next run of the daemon.
  private func reborn(_ names: EventNames) -> EventNames {
    EventNames(
      of: "us", known: Dictionary(uniqueKeysWithValues: names.all.map { ($0.key.key, $0.value) }))
  }

  @Test("An id stays through renaming and restarts")
  func stays() throws {
    var names = EventNames(of: "us")
    _ = name(&names, [try event("a", "Dinner")], at: 10)
    var later = reborn(names)
    #expect(name(&later, [try event("a", "Supper", modified: 20)], at: 30) == ["us/dinner 20"])
    #expect(
      later.all == [CalendarEvent(calendar: "us", key: "a"): EventName(try #require(RitualID("us/dinner")))])
  }

  @Test("A new event counts from its last change if the former content is known")
  func news() throws {
    var names = EventNames(of: "us")
    #expect(name(&names, [try event("a", "A", modified: 5)], at: 10) == ["us/a now"])
    let both = [try event("a", "A", modified: 5), try event("b", "B", modified: 15)]
    #expect(name(&names, both, at: 20) == ["us/a 5", "us/b 15"])
    // An event moved from another calendar, and one that the configuration newly admits.
    #expect(name(&names, [try event("c", "C", modified: 15)], at: 20, elsewhere: ["c"]) == ["us/c now"])
    names.forgetFormerContent()
    #expect(name(&names, [try event("d", "D", modified: 15)], at: 20) == ["us/d now"])
  }

  @Test("The last change is LAST-MODIFIED, or else DTSTAMP; of a series, the latest counts")
  func modified() throws {
    let text = """
      BEGIN:VCALENDAR
      BEGIN:VEVENT
      UID:a
      STAMPS
      DTSTART:20261127T100000
      RRULE:FREQ=DAILY
      END:VEVENT
      BEGIN:VEVENT
      UID:a
      RECURRENCE-ID:20261128T100000
      LAST-MODIFIED:20261103T000000Z
      DTSTART:20261128T110000
      END:VEVENT
      END:VCALENDAR
      """
    let rows = [
      ("LAST-MODIFIED:20261104T000000Z\nDTSTAMP:20261105T000000Z", "20261104T000000Z"),
      ("DTSTAMP:20261105T000000Z", "20261105T000000Z"),
      ("LAST-MODIFIED:20261102T000000Z", "20261103T000000Z"),
      ("LAST-MODIFIED:yesterday\nDTSTAMP:20261105T000000Z", "20261105T000000Z"),
      ("COMMENT:none", "20261103T000000Z"),
    ]
    for (stamps, expected) in rows {
      let event = try only(Array(text.replacing("STAMPS", with: stamps).utf8))
      #expect(event.modified.map { DateValue.instant($0).text } == expected, "\(stamps)")
    }
  }

  @Test("An event that was away is the same ritual, and occurrences before it left do not count")
  func returns() throws {
    var names = EventNames(of: "us")
    let one = try event("a", "A", modified: 5)
    let two = try event("b", "B", modified: 5)
    _ = name(&names, [one, two], at: 10)
    _ = name(&names, [two], at: 20)
    _ = name(&names, [two], at: 30)
    var later = reborn(names)
    #expect(name(&later, [one, two], at: 40) == ["us/a 20", "us/b 5"])
    #expect(later.all.values.allSatisfy { $0.gone == nil })
  }

  @Test(
    "An id of an event that left is free for another one, which does not repeat the first one's occurrences")
  func takesOver() throws {
    var names = EventNames(of: "us")
    let keeper = try event("k", "K")
    _ = name(&names, [try event("a", "Dinner"), keeper], at: 10)
    _ = name(&names, [keeper], at: 20)
    let other = try event("b", "Dinner", modified: 15)
    #expect(name(&names, [other, keeper], at: 30).first == "us/dinner 20")
    // The first event returns, and another one has its id.
    let again = name(&names, [try event("a", "Dinner", modified: 15), other, keeper], at: 40)
    #expect(again[0].hasPrefix("us/dinner-") && again[1] == "us/dinner 15", "\(again)")
  }

  @Test("Events that left more than 31 days ago are forgotten, and so are those of a removed calendar")
  func forgets() throws {
    var names = EventNames(of: "us")
    let keeper = try event("k", "K")
    _ = name(&names, [try event("a", "A"), keeper], at: 0)
    _ = name(&names, [keeper], at: 10)
    _ = name(&names, [keeper], at: 10 + 31 * 86_400)
    #expect(names.knows("a"))
    _ = name(&names, [keeper], at: 11 + 31 * 86_400)
    #expect(!names.knows("a"))
    _ = name(&names, [], at: 20 + 31 * 86_400)
    #expect(names.knows("k"))
    _ = name(&names, [], at: 21 + 62 * 86_400)
    #expect(names.all.isEmpty)
  }
}
