import CivilTime
import Testing

@Suite("Weekdays")
struct WeekdayTests {
  @Test("Names and abbreviations, from Monday on")
  func names() {
    #expect(
      Weekday.allCases.map(\.name) == [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
      ])
    #expect(
      Weekday.allCases.map(\.abbreviation) == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
  }

  @Test(
    "A set has the members that it was made of",
    arguments: [[], [.monday], [.sunday], [.saturday, .monday], Weekday.allCases] as [[Weekday]])
  func members(of weekdays: [Weekday]) {
    let set = WeekdaySet(weekdays)
    #expect(set.members == weekdays.sorted())
    for weekday in Weekday.allCases { #expect(set.contains(weekday) == weekdays.contains(weekday)) }
  }

  @Test("All, the working days and the weekend")
  func named() {
    #expect(WeekdaySet.all.members == Weekday.allCases)
    #expect(WeekdaySet.weekdays.members == [.monday, .tuesday, .wednesday, .thursday, .friday])
    #expect(WeekdaySet.weekend.members == [.saturday, .sunday])
  }
}
