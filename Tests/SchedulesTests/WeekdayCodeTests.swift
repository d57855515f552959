import CivilTime
import Schedules
import Testing

@Suite("Weekdays of RFC 5545")
struct WeekdayCodeTests {
  @Test("Codes, from Monday on")
  func codes() {
    #expect(Weekday.allCases.map(\.code) == ["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
    for weekday in Weekday.allCases { #expect(Weekday(code: weekday.code) == weekday) }
  }

  @Test("Other texts are no code", arguments: ["", "M", "mo", "MON", "XX"])
  func none(text: String) { #expect(Weekday(code: text) == nil) }
}
