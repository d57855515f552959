import CivilTime
import Journal
import Rituals
import Testing

@Suite("The journal's tracking")
struct TrackingTests {
  private let folder = TemporaryFolder()

  @Test("A ritual is tracked from when it is said until it is not any more")
  func track() throws {
    let first = Tracking(fingerprint: "22:15\nlocal", since: Sample.minute(0))
    let second = Tracking(fingerprint: "22:30\nEurope/Berlin", since: Sample.minute(1))
    let journal = try Journal(at: folder.journal)
    try journal.commit([.track(Sample.ritual("a"), first), .track(Sample.ritual("b"), first)])
    try journal.commit([.track(Sample.ritual("a"), second), .untrack(Sample.ritual("b"))])
    // Nothing to untrack is no mistake.
    try journal.commit([.untrack(Sample.ritual("never-seen"))])
    #expect(try journal.reader.snapshot(at: Sample.evening).tracked == [Sample.ritual("a"): second])
  }

  @Test("The latest accounted occurrence is of tracked rituals, and not later than the start")
  func accounted() throws {
    let journal = try Journal(at: folder.journal)
    let tracking = Tracking(fingerprint: "hourly\nlocal", since: Sample.minute(-100))
    try journal.commit([
      .track(Sample.ritual("a"), tracking), .track(Sample.ritual("quiet"), tracking),
      .entry(Sample.entry(.done(by: .command), of: Sample.occurrence("a", 0))),
      .entry(Sample.entry(.missed(.absent, count: 1), of: Sample.occurrence("a", 5), minute: 5)),
      // Missed later than now, and before its time: by a clock that was wrong.
      .entry(Sample.entry(.missed(.absent, count: 1), of: Sample.occurrence("a", 3), minute: 70)),
      .entry(Sample.entry(.missed(.clock, count: 1), of: Sample.occurrence("a", 4))),
      // Recorded while the clock ran ahead.
      .entry(Sample.entry(.missed(.absent, count: 1), of: Sample.occurrence("a", 60))),
      .entry(Sample.entry(.expired(.removed), of: Sample.occurrence("removed", 0))),
    ])
    let accounted = try journal.reader.snapshot(at: Sample.minute(5)).lastAccounted
    #expect(accounted == [Sample.ritual("a"): Sample.minute(5)])
    #expect(
      try journal.reader.snapshot(at: Sample.minute(4)).lastAccounted == [
        Sample.ritual("a"): Sample.minute(0)
      ])
    #expect(try journal.reader.snapshot(at: Sample.minute(-1)).lastAccounted.isEmpty)
    let ids = ["a", "quiet"].map { Sample.ritual($0) }
    let all = try journal.reader.accounted(at: Sample.minute(4))
    #expect(all == [ids[0]: Sample.minute(0), ids[1]: Sample.minute(-100)])
  }

  @Test("An empty list of changes writes nothing")
  func nothing() throws {
    let journal = try Journal(at: folder.journal)
    let before = File.bytes(folder.journal + "-wal")
    try journal.commit([])
    #expect(File.bytes(folder.journal + "-wal") == before)
  }

  @Test("Tidying loses nothing and lets the write-ahead log begin anew")
  func tidy() throws {
    let journal = try Journal(at: folder.journal)
    for minute in 0..<400 {
      try journal.commit([.entry(Sample.entry(.due, of: Sample.occurrence("a", Int64(minute))))])
      try journal.checkpoint()
    }
    #expect(try journal.reader.history(limit: 1_000).count == 400)
    #expect(File.bytes(folder.journal + "-wal").count < 4_000_000)
    withExtendedLifetime(journal) {}
  }
}
