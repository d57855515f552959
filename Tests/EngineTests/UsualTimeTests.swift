import CivilTime
import Rituals
import Schedules
import Testing
import ZoneRig

@Suite("The time of a snooze until a day")
struct UsualTimeTests {
  @Test(
    "Is the ritual's own on that day, or the one at which it always comes, else nine",
    arguments: [
      // On Monday, three days after the Friday of the scenes.
      ("Mon..Fri 08:05", time(8, 5, day: 3)), ("Sun 19:00", time(19, day: 3)),
      ("2026-11-27 06:30", time(6, 30, day: 3)),
      // Another one on that day than on others, and several of them.
      ("Mon 10:00\nFri 08:05", time(10, day: 3)), ("08,22:15", time(9, day: 3)), ("hourly", time(9, day: 3)),
      ("Tue 10:00\nFri 08:05", time(9, day: 3)),
    ])
  func usual(schedules: String, expected: Instant) throws {
    let texts = schedules.split(separator: "\n").map(String.init)
    let schedule = Schedule(union: try texts.map { try Schedule(parsing: $0, zones: NoZones()) })
    let ritual = Ritual(id: try id("kiss"), title: "Kiss", schedule: schedule)
    let monday = Zone.utc.local(at: time(12, day: 3)).civil.date
    #expect(ritual.usualTime(on: monday, after: time(12), in: .utc) == expected)
  }

  @Test("Goes by the ritual's own wall clock where it has one")
  func zoned() throws {
    let ritual = try ritual("kiss", "Sun 19:00", zone: try TestZones.zone("Europe/Berlin"))
    let monday = Zone.utc.local(at: time(12, day: 3)).civil.date
    #expect(ritual.usualTime(on: monday, after: time(12), in: .utc) == time(18, day: 3))
  }
}
