import CivilTime
import Glibc
import Journal
import Rituals
import Testing

/// What a kill or a power cut leaves is made by copying the files at that point, and opening the copy.
@Suite("The journal after a crash")
struct CrashTests {
  private let folder = TemporaryFolder()

  /// Commits of several changes each; returns the entries of each.
  private func record(_ journal: Journal) throws -> [[Entry]] {
    var commits: [[Entry]] = []
    for minute in 0..<12 as Range<Int64> {
      let occurrence = Sample.occurrence("a", minute)
      let long = String(repeating: "a long title ", count: minute % 4 == 3 ? 800 : 1)
      let entries = [
        Sample.entry(.due, of: occurrence, minute: minute, title: long),
        Sample.entry(.shown(Sample.display), of: occurrence, minute: minute),
        Sample.entry(.done(by: .notification), of: occurrence, minute: minute),
      ]
      let tracking = Tracking(fingerprint: "\(minute)", since: Sample.minute(minute))
      try journal.commit(entries.map { .entry($0) } + [.track(Sample.ritual("a"), tracking)])
      commits.append(entries)
    }
    return commits
  }

  /// Opens a copy made of these bytes, and gives how many whole commits it holds; nil where it holds a part of one.
  private func commits(in database: [UInt8], _ log: [UInt8], of all: [[Entry]]) throws -> Int? {
    let path = folder.path + "/copy/journal.sqlite"
    mkdir(folder.path + "/copy", 0o700)
    unlink(path + "-shm")
    File.write(database, to: path)
    File.write(log, to: path + "-wal")
    let journal = try Journal(at: path)
    let entries = try journal.history(limit: 1_000)
    let count = all.indices.first { all[..<$0].joined().elementsEqual(entries) } ?? all.count
    guard all[..<count].joined().elementsEqual(entries) else { return nil }
    let snapshot = try journal.snapshot(at: Sample.minute(100))
    #expect(snapshot.open.isEmpty)
    #expect(snapshot.tracked[Sample.ritual("a")]?.fingerprint == (count == 0 ? nil : "\(count - 1)"))
    // It goes on from there.
    try journal.commit(Sample.changes(.due, of: Sample.occurrence("after", 1)))
    return count
  }

  @Test("What was committed is there, although nothing was closed")
  func killed() throws {
    let journal = try Journal(at: folder.journal)
    let all = try record(journal)
    let count = try commits(in: File.bytes(folder.journal), File.bytes(folder.journal + "-wal"), of: all)
    #expect(count == all.count)
    withExtendedLifetime(journal) {}
  }

  @Test("A log that was written in part holds whole commits only, the first ones")
  func partlyWritten() throws {
    let journal = try Journal(at: folder.journal)
    let all = try record(journal)
    let database = File.bytes(folder.journal)
    let log = File.bytes(folder.journal + "-wal")
    withExtendedLifetime(journal) {}
    var generator = SeededGenerator(seed: 7)
    var latest = 0
    for length in stride(from: 0, through: log.count, by: 1_031) {
      // What follows the last whole sector may be anything.
      let noise = (0..<Int.random(in: 0...3_000, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      let count = try #require(try commits(in: database, log[..<length] + noise, of: all), "cut at \(length)")
      #expect(count >= latest, "cut at \(length)")
      latest = count
    }
    #expect(latest >= all.count - 1)
  }

  @Test("A database into which the log was moved in part is made whole by the log")
  func partlyMoved() throws {
    var all: [[Entry]] = []
    var before: [UInt8] = []
    var log: [UInt8] = []
    do {
      let journal = try Journal(at: folder.journal)
      all = try record(journal)
      before = File.bytes(folder.journal)
      log = File.bytes(folder.journal + "-wal")
    }
    // Closing has moved it.
    let after = File.bytes(folder.journal)
    try #require(after.count > before.count)
    for pages in 0...(after.count / 4_096) {
      let moved = Array(after[..<(pages * 4_096)])
      let database = moved + before.dropFirst(moved.count)
      #expect(try commits(in: database, log, of: all) == all.count, "\(pages) pages moved")
    }
  }
}
