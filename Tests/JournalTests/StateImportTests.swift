import CivilTime
import Journal
import Rituals
import Testing

@Suite("A journal that is given what memory holds")
struct StateImportTests {
  private let folder = TemporaryFolder()

  private var draws: Draws {
    var draws = Draws(seed: .max)
    for (prompt, turn) in [("q", 2), ("r", 1), ("p", 2)] {
      draws.add(Draw(deck: Sample.name("d"), prompt: Sample.name(prompt), round: turn))
    }
    return draws
  }

  private var memory: Snapshot {
    let phases: [Phase] = [.shown(Sample.notification), .closed, .snoozed(until: Sample.minute(90)), .due]
    return Snapshot(
      open: phases.enumerated().map { index, phase in
        OpenOccurrence(
          // Not in the order of their times.
          Sample.occurrence("ritual-\(index)", Int64(10 - index)), title: "Title \(index)", phase: phase,
          due: Sample.minute(20), nudges: index,
          prompt: index == 1 ? Sample.name("p") : nil)
      },
      tracked: [
        Sample.ritual("ritual-0"): Tracking(
          fingerprint: "daily", since: Sample.minute(10),
          lead: Lead(scheduled: Sample.minute(100), notification: Sample.notification)),
        Sample.ritual("other"): Tracking(fingerprint: "hourly", since: Sample.minute(5)),
      ],
      orders: [
        Order(.discretion, since: Sample.minute(0)),
        Order(.pause(Sample.ritual("other")), since: Sample.minute(1), until: Sample.minute(99)),
      ], draws: draws,
      names: [
        CalendarEvent(calendar: "us", key: "a"): EventName(Sample.ritual("us/a")),
        CalendarEvent(calendar: "us", key: "b"): EventName(Sample.ritual("us/b"), gone: Sample.minute(3)),
      ])
  }

  /// The snapshot that a start at minute 50 reads, without the times up to which rituals are accounted for.
  private func carriedOver() throws -> Snapshot {
    var snapshot = try Journal.open(at: folder.journal, now: Sample.minute(50)).snapshot
    snapshot.lastAccounted = [:]
    return snapshot
  }

  @Test("A new one gives it back at the next start, in its order; what comes then is after it")
  func anew() throws {
    let ahead = [Sample.occurrence("other", 70), Sample.occurrence("other", 80)]
    do {
      let journal = try Journal(at: folder.journal)
      try journal.commit([], importing: memory, alreadyHandled: ahead, at: Sample.minute(50))
      #expect(try journal.reader.shown(after: Sample.minute(50)) == ahead)
      #expect(try journal.reader.history(limit: 9).isEmpty)
    }
    #expect(try carriedOver() == memory)
    let journal = try Journal(at: folder.journal)
    try journal.commit(Sample.changes(.due, of: Sample.occurrence("late", 60)))
    #expect(
      try journal.reader.snapshot(at: Sample.minute(60)).open.map(\.occurrence.ritual.text)
        == ["ritual-0", "ritual-1", "ritual-2", "ritual-3", "late"])
    // They end as any other.
    try journal.commit(Sample.changes(.done(by: .command), of: memory.open[0].occurrence))
    #expect(try journal.reader.snapshot(at: Sample.minute(60)).open.count == 4)
    try IntegrityCheck(of: folder.journal).run(until: Cancellation())
  }

  @Test("What has happened since goes with it, and leaves what memory says")
  func withChanges() throws {
    let item = memory.open[2]
    let journal = try Journal(at: folder.journal)
    try journal.commit(
      [
        .entry(Sample.entry(.due, of: item.occurrence)),
        .entry(Sample.entry(.snoozed(until: Sample.minute(90), by: .command), of: item.occurrence)),
        .entry(Sample.entry(.done(by: .command), of: Sample.occurrence("gone", 1))),
      ], importing: memory, alreadyHandled: [], at: Sample.minute(50))
    #expect(try journal.reader.history(limit: 9).count == 3)
    #expect(Set(try journal.reader.snapshot(at: Sample.minute(50)).open) == Set(memory.open))
  }

  @Test(
    "One that was begun anew holds no past until anything is recorded, and is known by that", arguments: pasts
  )
  func past(change: Change) throws {
    do {
      let journal = try Journal(at: folder.journal)
      #expect(try !journal.hasRecords())
      try journal.commit([change])
      #expect(try journal.hasRecords())
    }
    #expect(try Journal(at: folder.journal).hasRecords())
  }

  private static let pasts: [Change] = [
    .entry(Sample.entry(.due)),
    .track(Sample.ritual("a"), Tracking(fingerprint: "", since: Sample.minute(0))),
    .order(Order(.discretion, since: Sample.minute(0))),
    .note(Note(.note, "words", at: Sample.minute(0))),
    .drew(Draw(deck: Sample.name("d"), prompt: Sample.name("p"), round: 1)),
    .named(CalendarEvent(calendar: "us", key: "a"), EventName(Sample.ritual("us/a"))),
  ]

  @Test("All of it, or none: a change that is refused leaves the journal as it was")
  func refused() throws {
    let journal = try Journal(at: folder.journal)
    let done = Sample.changes(.due, .done(by: .command))
    try journal.commit(done)
    let before = try journal.reader.snapshot(at: Sample.minute(50))
    let error = #expect(throws: JournalError.self) {
      try journal.commit(
        Sample.changes(.shown(Sample.notification)), importing: memory, alreadyHandled: [],
        at: Sample.minute(50))
    }
    #expect(error?.isRefusal == true)
    #expect(try journal.reader.snapshot(at: Sample.minute(50)) == before)
  }
}
