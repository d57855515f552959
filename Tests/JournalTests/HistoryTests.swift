import CivilTime
import Journal
import Rituals
import Testing

@Suite("The journal's history")
struct HistoryTests {
  static let everyHappening: [Happening] =
    [
      .due,
      .shown(Sample.notification),
      .shown(NotificationID(server: "", number: .max)),
      .undelivered(reason: "there is no notification server"),
      .undelivered(reason: ""),
      .snoozed(until: Sample.minute(10), by: .notification),
      .snoozed(until: Instant(microseconds: .max), by: .command),
      .missed(.absent, count: 1),
      .missed(.undelivered, count: 99_901),
    ]
    + Closing.allCases.map { .closed($0) }
    + Answerer.allCases.flatMap { [.done(by: $0), .skipped(by: $0), .skipped(by: $0, count: 7)] }
    + Hold.Reason.allCases.map { .held($0) } + [.nudged(1), .nudged(20)]
    + Expiry.allCases.map { .expired($0) }
    + MissedReason.allCases.map { .missed($0, count: 2) }

  @Test("Gives back what was recorded, word for word, also after a restart", arguments: everyHappening)
  func roundTrip(_ happening: Happening) throws {
    let folder = TemporaryFolder()
    let entry = Sample.entry(happening)
    do {
      let journal = try Journal(at: folder.journal)
      try journal.commit([.entry(entry)])
      #expect(try journal.reader.history(limit: 10) == [entry])
    }
    #expect(try Journal(at: folder.journal).reader.history(limit: 10) == [entry])
  }

  static let oddities: [(String, Int64)] = [
    ("", 0), ("Six seconds – 6 s 💋", -1), ("'; DROP TABLE entry; --", .min), ("a\u{0}b", .max),
    (String(repeating: "é", count: 5_000), 1),
  ]

  @Test("Titles and times come back as they were", arguments: oddities)
  func extremes(title: String, microseconds: Int64) throws {
    let folder = TemporaryFolder()
    let journal = try Journal(at: folder.journal)
    let instant = Instant(microseconds: microseconds)
    let entry = Entry(
      Occurrence(ritual: Sample.ritual(), scheduled: instant), title: title, at: instant, .due)
    try journal.commit([.entry(entry)])
    #expect(try journal.reader.history(limit: 1) == [entry])
    #expect(try journal.reader.snapshot(at: Sample.evening).open.map(\.title) == [title])
  }

  struct Question: Sendable {
    let since: Int64?
    let ritual: String?
    let limit: Int
    let minutes: [Int64]
  }

  @Test(
    "Is asked for by ritual, from an instant on, and for the last few",
    arguments: [
      Question(since: nil, ritual: nil, limit: 100, minutes: [0, 1, 5, 2, 3]),
      // The clock was set back after the third: order is the order of recording.
      Question(since: nil, ritual: nil, limit: 2, minutes: [2, 3]),
      Question(since: 2, ritual: nil, limit: 100, minutes: [5, 2, 3]),
      Question(since: 2, ritual: nil, limit: 1, minutes: [3]),
      Question(since: nil, ritual: "a", limit: 100, minutes: [0, 5, 3]),
      Question(since: 1, ritual: "a", limit: 100, minutes: [5, 3]),
      Question(since: nil, ritual: "a", limit: 2, minutes: [5, 3]),
      Question(since: 6, ritual: nil, limit: 100, minutes: []),
      Question(since: nil, ritual: "never-seen", limit: 100, minutes: []),
      Question(since: nil, ritual: nil, limit: 0, minutes: []),
      Question(since: nil, ritual: nil, limit: -1, minutes: []),
    ])
  func questions(_ question: Question) throws {
    let folder = TemporaryFolder()
    let journal = try Journal(at: folder.journal)
    let told: [(String, Int64)] = [("a", 0), ("b", 1), ("a", 5), ("b", 2), ("a", 3)]
    for (name, minute) in told {
      try journal.commit([.entry(Sample.entry(.due, of: Sample.occurrence(name, minute), minute: minute))])
    }
    let entries = try journal.reader.history(
      since: question.since.map(Sample.minute), ritual: question.ritual.map(Sample.ritual),
      limit: question.limit)
    #expect(entries.map(\.at) == question.minutes.map(Sample.minute))
  }
}
