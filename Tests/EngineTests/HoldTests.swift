import CivilTime
import Engine
import Rituals
import Schedules
import Testing
import ZoneRig

@Suite("What is kept back, and let go")
struct HoldTests {
  let notification = NotificationID(server: "bus/:1.1", number: 1)
  let night = GlobalRules(
    quiet: Quiet(hours: [DaySpan(from: 23 * 60, to: 7 * 60)].compactMap(\.self), when: [.locked]))

  @Test("In quiet hours a reminder waits, and comes when they are over")
  func quietHours() throws {
    var scene = Scene([try ritual("kiss", "06:30")], at: time(6), rules: night)
    scene.play(.timePassed, at: time(6, 30))
    #expect(scene.happenings == [.due, .held(.quietHours)])
    #expect(scene.seen.isEmpty)
    #expect(scene.engine.hold(of: try id("kiss"), at: scene.now) == .quietHours(until: time(7)))
    #expect(scene.engine.nextDeadline == time(7))
    scene.play(.timePassed, at: time(7))
    #expect(scene.shown.map(\.kind) == [.ritual])
    scene.acknowledge()
    #expect(scene.engine.hold(of: try id("kiss"), at: scene.now) == nil)
  }

  @Test("What waits for longer than it keeps is missed, and not shown when the quiet is over")
  func waitsTooLong() throws {
    var scene = Scene([try ritual("kiss", "23:30")], at: time(22), rules: night)
    let entries = scene.pass(until: time(8, day: 1))
    #expect(entries.map(\.happening) == [.due, .held(.quietHours), .missed(.held, count: 1)])
    #expect(entries.last?.at == time(1, 30, day: 1).advanced(byMicroseconds: 1))
  }

  @Test("A ritual that ignores quiet times comes through them, but not through a pause")
  func ignores() throws {
    var scene = Scene([try ritual("kiss", "06:30", quiet: .ignore)], at: time(6), rules: night)
    scene.play(.circumstances([.locked]))
    scene.play(.timePassed, at: time(6, 30))
    #expect(scene.shown.count == 1)
    scene.acknowledge()
    scene.play(.ordered(Order(.pause(nil), since: time(6, 31))), at: time(6, 31))
    #expect(scene.happenings == [.held(.paused)])
    #expect(scene.seen == [.close(notification)])
  }

  @Test(
    "A locked screen or a wish not to be disturbed keeps reminders back until it is over",
    arguments: [Circumstance.locked, .doNotDisturb])
  func circumstances(_ circumstance: Circumstance) throws {
    var scene = Scene([try ritual()])
    scene.play(.circumstances([circumstance]))
    scene.play(.timePassed, at: time(8, 5))
    #expect(scene.shown.isEmpty)
    #expect(scene.engine.hold(of: try id("kiss"), at: scene.now) == .circumstance(circumstance))
    scene.play(.circumstances([]), at: time(9))
    #expect(scene.shown.count == 1)
  }

  @Test("A circumstance that the house rules do not name keeps nothing back")
  func unnamed() throws {
    var scene = Scene([try ritual()])
    scene.play(.circumstances([.idle, .screenShared]))
    scene.play(.timePassed, at: time(8, 5))
    #expect(scene.shown.count == 1)
  }

  @Test("What is on the screen already stays there when it gets quiet")
  func staysOnScreen() throws {
    var scene = Scene([try ritual()])
    scene.pass(until: time(8, 5))
    scene.play(.circumstances([.doNotDisturb]))
    #expect(scene.seen.isEmpty && scene.recorded.isEmpty)
  }

  @Test("One reason may follow another; each is recorded once")
  func reasons() throws {
    var scene = Scene([try ritual("kiss", "06:30")], at: time(6), rules: night)
    scene.play(.circumstances([.locked]))
    scene.play(.timePassed, at: time(6, 30))
    scene.play(.timePassed, at: time(7))
    #expect(scene.happenings == [.held(.locked)])
    scene.play(.circumstances([.locked, .idle]), at: time(7, 1))
    #expect(scene.recorded.isEmpty)
    scene.play(.circumstances([]))
    #expect(scene.shown.count == 1)
  }

  @Test("What was kept back overnight comes as one quiet digest, whose answer is for all")
  func digest() throws {
    let rituals = try ["a", "b", "c", "d", "e"].map {
      try ritual($0, "06:0\(["a", "b", "c", "d", "e"].firstIndex(of: $0) ?? 0)")
    }
    var scene = Scene(rituals, at: time(5), rules: night)
    scene.pass(until: time(6, 59))
    scene.play(.timePassed, at: time(7))
    #expect(scene.shown.map(\.kind) == [.digest])
    #expect(scene.shown.map(\.urgency) == [.low])
    #expect(scene.shown[0].items.map(\.title) == ["The a", "The b", "The c", "The d", "The e"])
    scene.acknowledge()
    scene.play(.answered(try id("c"), .skip))
    #expect(scene.happenings == [.skipped(by: .command)])
    #expect(scene.shown.map(\.replacing) == [notification])
    #expect(scene.shown[0].items.map(\.title) == ["The a", "The b", "The d", "The e"])
    scene.acknowledge()
    scene.play(.pressed(notification, .done))
    #expect(scene.happenings == Array(repeating: .done(by: .notification), count: 4))
    #expect(scene.seen == [.close(notification)])
    #expect(scene.engine.openOccurrences.isEmpty)
  }

  @Test(
    "A snooze is an order: it is shown at its end in quiet hours too, also after a restart",
    arguments: [false, true])
  func snoozeIntoQuietHours(restarts: Bool) throws {
    var scene = Scene([try ritual("kiss", "22:00")], at: time(21), rules: night)
    scene.pass(until: time(22))
    scene.play(.answered(try id("kiss"), .snooze(until: time(23, 5))))
    #expect(scene.engine.comeback(of: try id("kiss"), at: time(23, 5)) == .asOrdered)
    if restarts { scene.restart(at: time(23, 1)) }
    scene.pass(until: time(23, 4))
    scene.play(.timePassed, at: time(23, 5))
    #expect(scene.happenings == [.due])
    #expect(scene.shown.count == 1)
    // Another server has to be given it, and it is still ordered.
    scene.acknowledge()
    scene.play(.serverIsAbsent)
    scene.play(.serverAppeared("bus/:1.2"), at: time(23, 30))
    #expect(scene.shown.count == 1 && scene.recorded.isEmpty)
  }

  @Test("A locked screen holds the end of a snooze, and `missed` counts from there")
  func snoozeIntoLock() throws {
    for (over, isShown) in [(time(1, 5, day: 1), true), (time(1, 6, day: 1), false)] {
      var scene = Scene([try ritual("kiss", "22:00")], at: time(21), rules: night)
      scene.pass(until: time(22))
      scene.play(.answered(try id("kiss"), .snooze(until: time(23, 5))))
      scene.play(.circumstances([.locked]))
      scene.pass(until: time(23, 4))
      scene.play(.timePassed, at: time(23, 5))
      #expect(scene.happenings == [.due, .held(.locked)])
      scene.pass(until: over)
      scene.play(.circumstances([]))
      #expect(scene.shown.count == (isShown ? 1 : 0))
    }
  }

  @Test("A nudge of what was snoozed into quiet hours is left out in them")
  func nudgeAfterSnooze() throws {
    let nudge = Nudge(every: 600_000_000, times: 3)
    var scene = Scene([try ritual("kiss", "22:00", nudge: nudge)], at: time(21), rules: night)
    scene.pass(until: time(22))
    scene.play(.answered(try id("kiss"), .snooze(until: time(23, 5))))
    let entries = scene.pass(until: time(23, 59))
    #expect(entries.map(\.happening) == [.due, .shown(NotificationID(server: "bus/:1.1", number: 2))])
  }

  @Test(
    "What was on the screen never ends as missed: it comes back when the quiet is over, also after a restart",
    arguments: [false, true])
  func seenNeverMissed(restarts: Bool) throws {
    var scene = Scene([try ritual("kiss", "22:15")], at: time(21), rules: night)
    scene.pass(until: time(22, 16))
    scene.play(.serverIsAbsent, at: time(23, 30))
    scene.play(.serverAppeared("bus/:1.2"), at: time(23, 31))
    #expect(scene.happenings == [.held(.quietHours)])
    if restarts { scene.restart(at: time(3, day: 1), server: "bus/:1.2") }
    #expect(scene.pass(until: time(6, 59, day: 1)).isEmpty)
    scene.play(.timePassed, at: time(7, day: 1))
    #expect(scene.shown.map(\.occurrence.scheduled) == [time(22, 15)])
  }

  @Test("Where the next one comes before it is let go, it ends unanswered, and not as missed")
  func seenThenSuperseded() throws {
    var scene = Scene([try ritual("kiss", "22:15")], at: time(21), rules: night)
    scene.pass(until: time(22, 16))
    scene.play(.circumstances([.locked]))
    scene.play(.serverIsAbsent)
    scene.play(.serverAppeared("bus/:1.2"))
    #expect(scene.happenings == [.held(.locked)])
    scene.pass(until: time(22, 14, day: 1))
    scene.play(.timePassed, at: time(22, 15, day: 1))
    #expect(scene.happenings.first == .expired(.superseded))
  }

  @Test("An answer to a snooze says what will keep it from coming back then")
  func comeback() throws {
    let kiss = try id("kiss")
    var scene = Scene([try ritual("kiss", "22:15")], at: time(21))
    scene.pass(until: time(22, 16))
    #expect(scene.engine.comeback(of: kiss, at: time(22, 14, day: 1)) == .asOrdered)
    let next = time(22, 15, day: 1)
    for until in [next, time(8, day: 2)] {
      #expect(scene.engine.comeback(of: kiss, at: until) == .superseded(by: next))
    }
    scene.play(.ordered(Order(.pause(kiss), since: time(22, 16), until: time(12, day: 1))))
    #expect(scene.engine.comeback(of: kiss, at: time(9, day: 1)) == .held(.paused(until: time(12, day: 1))))
    #expect(scene.engine.comeback(of: kiss, at: time(13, day: 1)) == .asOrdered)
  }

  @Test("A restart in a quiet time shows nothing, and forgets nothing")
  func restart() throws {
    var scene = Scene([try ritual("kiss", "06:30")], at: time(6), rules: night)
    scene.pass(until: time(6, 40))
    scene.restart(at: time(6, 50))
    #expect(scene.shown.isEmpty)
    scene.play(.timePassed, at: time(7))
    #expect(scene.shown.count == 1)
  }
}

@Suite("Spans of the day")
struct DaySpanTests {
  @Test(
    "Hold from their beginning up to their end, also over midnight",
    arguments: [
      (time(22, 59), nil), (time(23), time(7, day: 1)), (time(0, day: 1), time(7, day: 1)),
      (time(6, 59, 59), time(7)), (time(7), nil),
    ] as [(Instant, Instant?)])
  func overMidnight(now: Instant, end: Instant?) throws {
    let span = try #require(DaySpan(from: 23 * 60, to: 7 * 60))
    #expect(Quiet(hours: [span]).end(at: now, in: .utc) == end)
  }

  @Test("Spans that meet are one, and 24:00 is midnight")
  func meeting() throws {
    let spans = try [#require(DaySpan(from: 22 * 60, to: 1440)), #require(DaySpan(from: 0, to: 60))]
    #expect(Quiet(hours: spans).end(at: time(23), in: .utc) == time(1, day: 1))
  }

  @Test(
    "A whole day, and one beyond it, is no span",
    arguments: [(0, 0), (60, 60), (-1, 5), (5, 1441), (1440, 5)])
  func none(from: Int, to: Int) { #expect(DaySpan(from: from, to: to) == nil) }

  @Test("An end that clocks skip is where they skip it; one that they show twice comes twice")
  func changesOfTheClock() throws {
    let berlin = try TestZones.zone("Europe/Berlin")
    let quiet = Quiet(hours: [try #require(DaySpan(from: 22 * 60, to: 150))])
    // Clocks go from 02:00 to 03:00, and from 03:00 to 02:00.
    for (now, end) in [
      ("2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"), ("2026-10-24T23:00:00Z", "2026-10-25T00:30:00Z"),
      ("2026-10-25T01:10:00Z", "2026-10-25T01:30:00Z"),
    ] {
      let instant = try #require(Instant(parsing: now, in: .utc))
      #expect(quiet.end(at: instant, in: berlin) == Instant(parsing: end, in: .utc), "\(now)")
    }
  }
}
