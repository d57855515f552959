import CivilTime
import Phrases
import ScheduleRig
import Schedules
import Testing
import ZoneRig

@Suite("Rules and unions in words")
struct RuleExplanationTests {
  static func schedule(_ text: String) throws -> Schedule {
    try Schedule(parsing: text, zones: TestZones.all())
  }

  @Test(
    "Rules and their words",
    arguments: [
      (
        "DTSTART:20261127T193000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
        "Every other Friday at 19:30, from 27 November 2026 on"
      ),
      (
        "DTSTART:20261127T090000\nRRULE:FREQ=DAILY;INTERVAL=3;COUNT=10",
        "Every 3 days at 09:00 10 times, from 27 November 2026 on"
      ),
      ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8;BYMINUTE=5;BYSECOND=0", "Every weekday at 08:05"),
      (
        "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=20;BYMINUTE=0;BYSECOND=0",
        "Every month on the last Friday of the month at 20:00"
      ),
      (
        "FREQ=MONTHLY;BYMONTHDAY=1,-1;BYHOUR=10;BYMINUTE=0;BYSECOND=0;UNTIL=20271231",
        "Every month on the last day and 1st of the month at 10:00 until 31 December 2027"
      ),
      (
        "DTSTART:20270301T100000\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20280301",
        "Every year on 1 March at 10:00, from 1 March 2027 on, except on 1 March 2028"
      ),
      (
        "DTSTART;TZID=Europe/Berlin:20260101T100000\nRRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=SU",
        "Every year in the 20th week of the year on Monday at 10:00 (weeks begin on Sunday), from 1 January 2026 on, Berlin time"
      ),
      (
        "DTSTART:20261127T193000\nRRULE:FREQ=YEARLY;"
          + "BYWEEKNO=2,4,6,8,10,12,14,16,18,20,22,24,26,28,30,32,34,36,38,40,42,44,46,48,50,52;BYDAY=FR",
        "Every Friday in even weeks at 19:30, from 27 November 2026 on"
      ),
      (
        "DTSTART:20260101T080000Z\nRRULE:FREQ=HOURLY;INTERVAL=6;BYMONTH=1,2,3",
        "Every 6 hours in January to March at minute 0, from 1 January 2026 at 08:00 UTC on, UTC"
      ),
      (
        "DTSTART:20260105T080000\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1\nRDATE:20260214T200000",
        "Every month on weekdays at 08:00 (of these, the last of each month), from 5 January 2026 on, also on 14 February 2026 at 20:00"
      ),
      ("DTSTART:20261224T180000", "Once, on 24 December 2026 at 18:00"),
    ])
  func said(text: String, words: String) throws {
    #expect(try Self.schedule(text).explanation == words)
  }

  @Test("A union has the words of each schedule, and the exceptions")
  func union() throws {
    let union = Schedule(
      union: [try Self.schedule("Mon..Fri 08:05"), try Self.schedule("Sun 19:00")],
      except: [.date(try #require(CivilDate(year: 2026, month: 12, day: 25)))])
    #expect(
      union.explanation == "Every weekday at 08:05, except on 25 December 2026; "
        + "and every Sunday at 19:00, except on 25 December 2026")
  }

  /// Rules with the same words have the same occurrences, so the words leave nothing out.
  @Test("Rules with the same words have the same occurrences", arguments: UInt64(1)...8)
  func nothingUnsaid(seed: UInt64) throws {
    var generator = RuleGenerator(seed: seed)
    var known: [String: (text: String, times: [Instant])] = [:]
    var compared = 0
    for _ in 0..<400 {
      // One start and few values make rules with the same words likely.
      let text = "DTSTART:20260105T080000\nRRULE:" + generator.rule()
      guard let schedule = try? Self.schedule(text) else { continue }
      var times: [Instant] = []
      var instant = Instant(seconds: 1_767_000_000)
      while times.count < 30, let next = schedule.next(after: instant, in: .utc) {
        times.append(next)
        instant = next
      }
      if let other = known[schedule.explanation] {
        compared += 1
        #expect(other.times == times, "seed \(seed): \(other.text) and \(text): \(schedule.explanation)")
      }
      known[schedule.explanation] = (text, times)
    }
    #expect(compared > 0, "seed \(seed)")
  }
}
