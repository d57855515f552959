import CivilTime
import Testing

@Suite("Civil dates")
struct CivilDateTests {
  @Test("Each day from 1600 to 2400 has the next number and converts back")
  func roundTrip() throws {
    var number = try #require(CivilDate(year: 1600, month: 1, day: 1)).daysSinceEpoch
    var weekday = CivilDate.weekday(daysSinceEpoch: number)
    for year in 1600...2400 {
      for month in 1...12 {
        for day in 1...CivilDate.days(inMonth: month, ofYear: year) {
          let date = try #require(CivilDate(year: year, month: month, day: day))
          try #require(date.daysSinceEpoch == number)
          try #require(CivilDate(daysSinceEpoch: number) == date)
          try #require(date.weekday == weekday)
          number += 1
          weekday = try #require(Weekday(rawValue: weekday.rawValue % 7 + 1))
        }
      }
    }
  }

  @Test(
    "Known days",
    arguments: [
      (1970, 1, 1, 0, Weekday.thursday), (2000, 2, 29, 11_016, .tuesday), (2026, 11, 27, 20_784, .friday),
      (1969, 12, 31, -1, .wednesday), (1, 1, 1, -719_162, .monday),
    ])
  func known(year: Int, month: Int, day: Int, number: Int, weekday: Weekday) throws {
    let date = try #require(CivilDate(year: year, month: month, day: day))
    #expect(date.daysSinceEpoch == number)
    #expect(date.weekday == weekday)
  }

  @Test(
    "Dates that do not exist",
    arguments: [(2025, 2, 29), (1900, 2, 29), (2026, 13, 1), (2026, 0, 1), (2026, 4, 31), (2026, 1, 0)])
  func none(year: Int, month: Int, day: Int) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }
}
