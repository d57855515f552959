import CivilTime
import Glibc
import Journal
import Rituals
import SimulationRig
import Testing

@Suite("A damaged journal")
struct DamageTests {
  private let folder = TemporaryFolder()

  /// A journal with some history in it, closed.
  private func makeJournal(occurrences: Int64 = 40) throws {
    let journal = try Journal(at: folder.journal)
    for minute in 0..<occurrences {
      try journal.commit(Sample.changes(.due, .done(by: .command), of: Sample.occurrence("a", minute)))
    }
  }

  struct Content: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
  }

  @Test(
    "A file that is no database is refused and left as it is; set aside, a new one is begun",
    arguments: [
      Content(testDescription: "a word", bytes: Array("not a database".utf8)),
      // SQLite takes it for an empty file.
      Content(testDescription: "one byte", bytes: [0]),
      Content(testDescription: "a page that was never written", bytes: Array(repeating: 0, count: 4_096)),
      Content(testDescription: "the first bytes of a database", bytes: Array("SQLite format 3\u{0}".utf8)),
      Content(
        testDescription: "a database's name on something else",
        bytes: Array("SQLite format 3\u{0}".utf8) + Array(repeating: 0xff, count: 8_000)),
    ])
  func notADatabase(_ content: Content) throws {
    try makeJournal()
    File.write(content.bytes, to: folder.journal)
    let error = try #require(throws: JournalError.self) { try Journal(at: folder.journal) }
    guard case .notAJournal(folder.journal, _) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(!error.isTemporary)
    #expect(error.description.contains("move it away"))
    #expect(File.bytes(folder.journal) == content.bytes)

    let aside = try Journal.setAside(folder.journal, at: Sample.evening)
    #expect(aside == folder.journal + ".damaged-20261127-193000")
    #expect(File.bytes(aside) == content.bytes)
    #expect(File.mode(aside) == 0o600)
    let journal = try Journal(at: folder.journal)
    try journal.commit(Sample.changes(.due))
    #expect(try journal.reader.history(limit: 9).count == 1)
  }

  @Test("Nothing that was set aside is overwritten; each file keeps its companions")
  func setAsideTwice() throws {
    _ = try Journal(at: folder.journal)
    var asides: [String] = []
    for round in 1...3 {
      for suffix in ["", "-wal", "-shm", "-journal"] {
        File.write("\(round)\(suffix)".utf8, to: folder.journal + suffix)
      }
      asides.append(try Journal.setAside(folder.journal, at: Sample.evening))
    }
    let base = folder.journal + ".damaged-20261127-193000"
    #expect(asides == [base, base + "-2", base + "-3"])
    for (index, aside) in asides.enumerated() {
      for suffix in ["", "-wal", "-shm", "-journal"] {
        #expect(File.bytes(aside + suffix) == Array("\(index + 1)\(suffix)".utf8))
      }
    }
    #expect(TemporaryFolder.names(in: folder.path + "/state").count == 3 * 4 + 1, "and the lock")
  }

  @Test(
    "The name says when, in UTC",
    arguments: [
      (Instant(seconds: 0), "19700101-000000"),
      (Instant(microseconds: 951_782_399_999_999), "20000228-235959"),
      (Instant(seconds: 4_102_444_801), "21000101-000001"),
    ])
  func stamp(_ instant: Instant, _ text: String) throws {
    _ = try Journal(at: folder.journal)
    #expect(try Journal.setAside(folder.journal, at: instant) == folder.journal + ".damaged-" + text)
  }

  @Test("A write-ahead log without its database is not thrown away")
  func orphanedLog() throws {
    var log: [UInt8] = []
    do {
      let journal = try Journal(at: folder.journal)
      try journal.commit(Sample.changes(.due))
      log = File.bytes(folder.journal + "-wal")
    }
    try #require(!log.isEmpty)
    for isThere in [true, false] {
      unlink(folder.journal)
      if isThere { File.write([], to: folder.journal) }
      File.write(log, to: folder.journal + "-wal")
      let error = try #require(throws: JournalError.self) { try Journal(at: folder.journal) }
      guard case .notAJournal = error else {
        Issue.record("\(error)")
        return
      }
      #expect(File.bytes(folder.journal + "-wal") == log)
      let aside = try Journal.setAside(folder.journal, at: Sample.evening)
      #expect(File.bytes(aside + "-wal") == log)
      _ = try Journal(at: folder.journal)
    }
  }

  @Test("One that was cut short is refused, unless nothing was in what is gone")
  func truncated() throws {
    try makeJournal()
    let entries = try Journal(at: folder.journal).reader.history(limit: 1_000)
    let whole = File.bytes(folder.journal)
    for length in stride(from: 1_000, to: whole.count, by: 3_001) {
      File.write(whole[..<length], to: folder.journal)
      do throws(JournalError) {
        #expect(try Journal(at: folder.journal).reader.history(limit: 1_000) == entries, "cut at \(length)")
        // The last page belongs to a table that is empty.
        #expect(length > whole.count - 4_096, "cut at \(length)")
      } catch {
        guard case .notAJournal = error else {
          Issue.record("cut at \(length): \(error)")
          continue
        }
        #expect(File.bytes(folder.journal).count == length)
      }
    }
  }

  @Test(
    "One with overwritten places is refused or read, and never takes the program down",
    arguments: 1...6 as ClosedRange<UInt64>)
  func overwritten(seed: UInt64) throws {
    try makeJournal(occurrences: 400)
    let whole = File.bytes(folder.journal)
    var generator = SeededGenerator(seed: seed)
    var refused = 0
    for _ in 0..<40 {
      var damaged = whole
      let start = Int.random(in: 0..<damaged.count, using: &generator)
      let end = min(start + Int.random(in: 1...600, using: &generator), damaged.count)
      for place in start..<end { damaged[place] = .random(in: 0...255, using: &generator) }
      File.write(damaged, to: folder.journal)
      unlink(folder.journal + "-wal")
      unlink(folder.journal + "-shm")
      do throws(JournalError) {
        let journal = try Journal(at: folder.journal)
        _ = try journal.reader.snapshot(at: Sample.evening)
        _ = try journal.reader.history(limit: 1_000)
        _ = try journal.reader.shown(after: Sample.evening)
        try IntegrityCheck(of: folder.journal).run(until: Cancellation())
      } catch {
        refused += 1
        guard case .notAJournal = error else {
          if case .tooNew = error { continue }
          Issue.record("seed \(seed), bytes \(start)..<\(end): \(error)")
          continue
        }
      }
    }
    #expect(refused > 15, "seed \(seed): what is seen of 40; the rest lies where nothing is")
  }

  @Test("Damage that comes while it is open is told as damage")
  func whileOpen() throws {
    try makeJournal(occurrences: 400)
    let journal = try Journal(at: folder.journal)
    File.write(Array(repeating: 0xaa, count: File.bytes(folder.journal).count), to: folder.journal)
    let error = #expect(throws: JournalError.self) { try journal.reader.history(limit: 1_000) }
    guard case .notAJournal = error else {
      Issue.record("\(error.map { "\($0)" } ?? "nothing")")
      return
    }
  }
}
