import CivilTime
import Journal
import Rituals
import Testing

@Suite("What the journal knows of an occurrence")
struct OccurrenceLifeTests {
  struct Life: Sendable {
    let happenings: [Happening]
    /// Nil where it has ended.
    let phase: Phase?
    /// The place of the entry that brought the phase.
    var since = 0
    /// Nil for the scheduled time.
    var due: Instant?
    var nudges = 0
    let mustNotComeAgain: Bool
    /// True if it was shown since it became due last.
    var wasSeen: Bool {
      let last = happenings.lastIndex(of: .due) ?? 0
      return happenings[last...].contains { if case .shown = $0 { true } else { false } }
    }
  }

  static let until = Sample.minute(10)

  @Test(
    "Follows from what happened to it",
    arguments: [
      Life(happenings: [.due], phase: .due, mustNotComeAgain: true),
      // Known from its failure only: it has come all the same.
      Life(happenings: [.undelivered(reason: "no server")], phase: .due, mustNotComeAgain: true),
      Life(happenings: [.due, .undelivered(reason: "no server")], phase: .due, mustNotComeAgain: true),
      Life(
        happenings: [.due, .shown(Sample.notification)], phase: .shown(Sample.notification), since: 1,
        mustNotComeAgain: true),
      // A server that returned has it under another number.
      Life(
        happenings: [.due, .shown(Sample.notification), .shown(NotificationID(server: "x", number: 3))],
        phase: .shown(NotificationID(server: "x", number: 3)), since: 2, mustNotComeAgain: true),
      Life(
        happenings: [.due, .shown(Sample.notification), .closed(.timedOut)], phase: .closed, since: 2,
        mustNotComeAgain: true),
      Life(
        happenings: [.due, .shown(Sample.notification), .snoozed(until: until, by: .notification)],
        phase: .snoozed(until: until), since: 2, mustNotComeAgain: true),
      Life(
        happenings: [.due, .shown(Sample.notification), .snoozed(until: until, by: .command), .due],
        phase: .due, since: 3, due: until, mustNotComeAgain: true),
      // What is kept back is not on the screen; what is shown once more was shown before.
      Life(
        happenings: [.due, .shown(Sample.notification), .held(.paused)], phase: .due, since: 2,
        mustNotComeAgain: true),
      Life(
        happenings: [.due, .shown(Sample.notification), .nudged(2)], phase: .shown(Sample.notification),
        since: 1,
        nudges: 2, mustNotComeAgain: true),
      Life(
        happenings: [
          .due, .shown(Sample.notification), .nudged(2), .snoozed(until: until, by: .command), .due,
        ], phase: .due, since: 4, due: until, mustNotComeAgain: true),
      // Only what was missed unseen may come again when the clock was wrong.
      Life(happenings: [.missed(.absent, count: 1)], phase: nil, mustNotComeAgain: false),
      Life(
        happenings: [.due, .undelivered(reason: "no server"), .missed(.undelivered, count: 1)],
        phase: nil, mustNotComeAgain: false),
      Life(
        happenings: [
          .due, .shown(Sample.notification), .snoozed(until: until, by: .command), .missed(.absent, count: 1),
        ],
        phase: nil, mustNotComeAgain: true),
      Life(happenings: [.due, .done(by: .command)], phase: nil, mustNotComeAgain: true),
      Life(
        happenings: [.due, .shown(Sample.notification), .skipped(by: .notification)], phase: nil,
        mustNotComeAgain: true),
      Life(
        happenings: [.due, .shown(Sample.notification), .expired(.superseded)], phase: nil,
        mustNotComeAgain: true),
      // Brought back to life by a clock that was put right, or missed for good then.
      Life(happenings: [.missed(.absent, count: 3), .due], phase: .due, since: 1, mustNotComeAgain: true),
      Life(
        happenings: [.missed(.absent, count: 1), .missed(.absent, count: 1)], phase: nil,
        mustNotComeAgain: false),
    ])
  func follows(_ life: Life) throws {
    let folder = TemporaryFolder()
    let occurrence = Sample.occurrence()
    let entries = life.happenings.enumerated().map { place, happening in
      Sample.entry(happening, of: occurrence, minute: Int64(place), title: "Title \(place)")
    }
    do {
      let journal = try Journal(at: folder.journal)
      try journal.commit(entries.map { .entry($0) })
    }
    let journal = try Journal(at: folder.journal)
    let open = life.phase.map { phase in
      OpenOccurrence(
        occurrence, title: "Title \(life.since)", phase: phase, due: life.due ?? occurrence.scheduled,
        nudges: life.nudges, wasSeen: life.wasSeen)
    }
    #expect(try journal.reader.snapshot(at: Sample.evening).open == (open.map { [$0] } ?? []))
    #expect(try journal.reader.shown(after: Sample.minute(-1)) == (life.mustNotComeAgain ? [occurrence] : []))
    #expect(try journal.reader.shown(after: Sample.evening).isEmpty, "it is later than itself")
    #expect(try journal.reader.history(limit: 100) == entries)
  }

  static let ends: [Happening] = [
    .done(by: .command), .skipped(by: .command), .missed(.absent, count: 1), .expired(.removed),
  ]
  static let all: [Happening] =
    ends + [
      .due, .shown(Sample.notification), .undelivered(reason: "no server"), .held(.locked), .nudged(1),
      .closed(.unknown),
      .snoozed(until: until, by: .command),
    ]

  @Test(
    "Takes nothing after its end, except to be due, skipped or missed after missed", arguments: ends, all)
  func ended(_ end: Happening, then next: Happening) throws {
    let folder = TemporaryFolder()
    let journal = try Journal(at: folder.journal)
    try journal.commit(Sample.changes(end))
    let isAllowed =
      switch (end, next) {
      case (.missed, .due), (.missed, .missed), (.missed, .skipped): true
      default: false
      }
    let other = Sample.entry(.due, of: Sample.occurrence("other"))
    let changes = [.entry(other), .entry(Sample.entry(next))] + [Change.untrack(Sample.ritual())]
    if isAllowed {
      try journal.commit(changes)
      #expect(try journal.reader.history(limit: 10).count == 3)
    } else {
      let error = try #require(throws: JournalError.self) { try journal.commit(changes) }
      guard case .ended = error else {
        Issue.record("\(error)")
        return
      }
      #expect(!error.isTemporary)
      #expect(!error.description.contains("kiss"), "the text of an error may reach the log")
      #expect(try journal.reader.history(limit: 10).count == 1, "all or nothing")
      // It stays usable.
      try journal.commit([.entry(other)])
    }
  }

  @Test("Open occurrences stay in the order they came; one that comes again is the last")
  func order() throws {
    let folder = TemporaryFolder()
    let journal = try Journal(at: folder.journal)
    func tell(_ name: String, _ happening: Happening) throws {
      try journal.commit([.entry(Sample.entry(happening, of: Sample.occurrence(name)))])
    }
    try tell("c", .missed(.absent, count: 1))
    try tell("b", .due)
    try tell("a", .due)
    try tell("b", .shown(Sample.notification))
    #expect(try journal.reader.snapshot(at: Sample.evening).open.map(\.occurrence.ritual.text) == ["b", "a"])
    try tell("c", .due)
    #expect(
      try journal.reader.snapshot(at: Sample.evening).open.map(\.occurrence.ritual.text) == ["b", "a", "c"])
  }
}
