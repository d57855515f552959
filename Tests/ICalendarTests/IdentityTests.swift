import ICalendar
import Rituals
import Testing

@Suite("The ids of a calendar's rituals")
struct IdentityTests {
  private func ritual(_ uid: String, _ title: String, created: String) throws -> CalendarRitual {
    try only(Samples.event("DTSTART:20261127T100000\nSUMMARY:\(title)\nCREATED:\(created)", uid: uid))
  }

  @Test("They are made of titles; of two events with one title, the older one has the plain id")
  func titles() throws {
    let older = try ritual("b", "Date night ❤️", created: "20260101T000000Z")
    let younger = try ritual("a", "Date  Night", created: "20260201T000000Z")
    let foreign = try ritual("c", "День", created: "20260201T000000Z")
    for order in [[older, younger, foreign], [foreign, younger, older]] {
      let ids = CalendarRitual.ids(of: order, calendar: "us").mapValues(\.text)
      #expect(ids["b"] == "us/date-night")
      #expect(ids["a"]?.hasPrefix("us/date-night-") == true)
      #expect(ids["c"]?.hasPrefix("us/event-") == true)
    }
  }

  @Test("A given id stays, whatever is added or renamed")
  func stays() throws {
    let first = try ritual("a", "Dinner", created: "20260201T000000Z")
    let ids = CalendarRitual.ids(of: [first], calendar: "us")
    let renamed = try ritual("a", "Supper", created: "20260201T000000Z")
    let older = try ritual("b", "Dinner", created: "20260101T000000Z")
    let later = CalendarRitual.ids(of: [renamed, older], calendar: "us", earlier: ids)
    #expect(later["a"]?.text == "us/dinner")
    #expect(later["b"]?.text.hasPrefix("us/dinner-") == true)
  }

  @Test("Letters with diacritics are letters")
  func diacritics() throws {
    let ids = CalendarRitual.ids(of: [try ritual("a", "Überraschung für Zoë", created: "")], calendar: "us")
    #expect(ids["a"]?.text == "us/uberraschung-fur-zoe")
  }

  @Test("A long title is cut between words")
  func long() throws {
    let title = Array(repeating: "togetherness", count: 30).joined(separator: " ")
    let ids = CalendarRitual.ids(of: [try ritual("a", title, created: "")], calendar: "us")
    #expect(ids["a"]?.text == "us/togetherness-togetherness")
  }

  @Test("An id has one slash at most, and both sides are keys")
  func accepted() {
    #expect(RitualID("us/date-night")?.calendar == "us")
    #expect(RitualID("date-night")?.calendar == nil)
    for text in ["", "/", "us/", "/x", "us/a/b", "us/A", "us/é", "../x", String(repeating: "a", count: 65)] {
      #expect(RitualID(text) == nil, "\(text)")
    }
  }
}
