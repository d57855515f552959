import CivilTime
import Journal
import Rituals
import SimulationRig
import Testing

@Suite("The journal's long past")
struct CompactionTests {
  private let folder = TemporaryFolder()
  private static let day: Int64 = 1_440

  /// Compacts all that ended before `cutoff`, a few at a time; gives how many it were.
  @discardableResult
  private func compact(
    _ journal: Journal, before cutoff: Instant, in zone: Zone = .utc, now: Instant? = nil, limit: Int = 3
  ) throws -> Int {
    var all = 0
    while true {
      let count = try journal.compact(before: cutoff, in: zone, now: now ?? cutoff, limit: limit)
      #expect(count <= limit)
      all += count
      if count < limit { return all }
    }
  }

  private func date(_ month: Int, _ day: Int) throws -> CivilDate {
    try #require(CivilDate(year: 2026, month: month, day: day))
  }

  @Test("Becomes daily counts by ritual and outcome; an entry that stands for several counts as them")
  func counts() throws {
    let journal = try Journal(at: folder.journal)
    let kiss = Sample.ritual("kiss")
    let hug = Sample.ritual("hug")
    for minute in 0..<4 as Range<Int64> {
      try journal.commit(Sample.changes(.due, .done(by: .command), of: Sample.occurrence("kiss", minute)))
    }
    try journal.commit(Sample.changes(.missed(.absent, count: 7), of: Sample.occurrence("kiss", 5)))
    // One that was missed by a clock that was wrong, and done after all.
    try journal.commit(
      Sample.changes(
        .missed(.absent, count: 3), .due, .done(by: .command), of: Sample.occurrence("hug", Self.day)))
    try journal.commit(Sample.changes(.due, .skipped(by: .pause, count: 2), of: Sample.occurrence("hug", 0)))
    for name in ["kiss", "hug"] {
      try journal.commit(Sample.changes(.due, .done(by: .command), of: Sample.occurrence(name, 2 * Self.day)))
    }
    #expect(try compact(journal, before: Sample.minute(2 * Self.day)) == 7)
    let counts = [
      DailyCount(day: try date(11, 27), ritual: hug, outcome: .skipped, count: 2),
      DailyCount(day: try date(11, 27), ritual: kiss, outcome: .done, count: 4),
      DailyCount(day: try date(11, 27), ritual: kiss, outcome: .missed, count: 7),
      DailyCount(day: try date(11, 28), ritual: hug, outcome: .done, count: 1),
    ]
    #expect(try journal.reader.dailyCounts() == counts)
    #expect(try journal.reader.history(limit: 99).count == 4)
    // Again changes nothing.
    #expect(try compact(journal, before: Sample.minute(2 * Self.day)) == 0)
    #expect(try journal.reader.dailyCounts() == counts)
    try IntegrityCheck(of: folder.journal).run(until: Cancellation())
  }

  @Test("Days are those of the zone")
  func zone() throws {
    let journal = try Journal(at: folder.journal)
    // 19:30 in UTC is 05:30 of the next day there.
    let zone = try #require(Zone(posix: "AEST-10"))
    for minute in 0...1 as ClosedRange<Int64> {
      try journal.commit(Sample.changes(.due, .done(by: .command), of: Sample.occurrence("kiss", minute)))
    }
    try compact(journal, before: Sample.minute(100), in: zone)
    #expect(try journal.reader.dailyCounts().map(\.day) == [try date(11, 28)])
  }

  @Test("What is open, what ended lately and the last of each ritual stay")
  func stays() throws {
    let journal = try Journal(at: folder.journal)
    let far = Sample.minute(400 * Self.day)
    try journal.commit(
      [.track(Sample.ritual("kiss"), Tracking(fingerprint: "", since: Sample.minute(-1)))]
        + Sample.changes(.due, .closed(.dismissed), of: Sample.occurrence("kiss", 0))
        + Sample.changes(.due, .done(by: .command), of: Sample.occurrence("kiss", 1))
        + Sample.changes(.due, .done(by: .command), of: Sample.occurrence("kiss", 3)))
    // Scheduled long ago, and answered today.
    let late = Sample.occurrence("kiss", 2)
    try journal.commit([
      .entry(Sample.entry(.due, of: late)),
      .entry(Sample.entry(.done(by: .command), of: late, minute: 400 * Self.day)),
    ])
    let before = try journal.reader.snapshot(at: far)
    let shown = try journal.reader.shown(after: Sample.minute(2))
    #expect(try compact(journal, before: Sample.minute(300 * Self.day), now: far) == 1)
    #expect(try journal.reader.snapshot(at: far) == before)
    #expect(before.lastAccounted == [Sample.ritual("kiss"): Sample.minute(3)])
    #expect(try journal.reader.shown(after: Sample.minute(2)) == shown)
    #expect(
      Set(try journal.reader.history(limit: 99).map(\.occurrence.scheduled))
        == [Sample.minute(0), Sample.minute(2), Sample.minute(3)])
    // The last one up to now, where a clock ran ahead and recorded a later one.
    try journal.commit(
      Sample.changes(.missed(.absent, count: 1), of: Sample.occurrence("kiss", 900 * Self.day)))
    #expect(try compact(journal, before: Sample.minute(300 * Self.day), now: far) == 0)
  }

  @Test("Loses no occurrence and doubles none, whatever the batches", arguments: 1...8 as ClosedRange<UInt64>)
  func total(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let journal = try Journal(at: folder.journal)
    var expected: [String: Int] = [:]
    for index in 0..<200 as Range<Int64> {
      let name = ["a", "b", "c"].randomElement(using: &generator) ?? "a"
      let count = Int.random(in: 1...4, using: &generator)
      let end: Happening =
        [.done(by: .command), .missed(.absent, count: count), .skipped(by: .pause, count: count)]
        .randomElement(using: &generator) ?? .expired(.removed)
      let occurrence = Sample.occurrence(name, index * 60)
      try journal.commit([
        .entry(Sample.entry(.due, of: occurrence)), .entry(Sample.entry(end, of: occurrence)),
      ])
      expected[name + word(end), default: 0] += size(end)
    }
    for _ in 0..<5 {
      let cutoff = Sample.minute(.random(in: 0...14_000, using: &generator))
      try compact(journal, before: cutoff, limit: .random(in: 1...50, using: &generator))
      var found: [String: Int] = [:]
      for count in try journal.reader.dailyCounts() {
        found[count.ritual.text + (count.outcome?.rawValue ?? ""), default: 0] += count.count
      }
      for entry in try journal.reader.history(limit: 1_000) where entry.happening != .due {
        found[entry.occurrence.ritual.text + word(entry.happening), default: 0] += size(entry.happening)
      }
      #expect(found == expected, "seed \(seed)")
    }
  }

  private func word(_ happening: Happening) -> String {
    switch happening {
    case .done: "done"
    case .missed: "missed"
    case .skipped: "skipped"
    default: "other"
    }
  }

  private func size(_ happening: Happening) -> Int {
    switch happening {
    case .missed(_, let count), .skipped(_, let count): count
    default: 1
    }
  }
}
