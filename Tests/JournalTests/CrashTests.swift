import CivilTime
import Glibc
import Journal
import Rituals
import SimulationRig
import Testing

/// The state after a kill or a power cut is made by copying the files at that point, and opening the copy.
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
        Sample.entry(.shown(Sample.notification), of: occurrence, minute: minute),
        Sample.entry(.done(by: .notification), of: occurrence, minute: minute),
      ]
      let tracking = Tracking(fingerprint: "\(minute)", since: Sample.minute(minute))
      try journal.commit(entries.map { .entry($0) } + [.track(Sample.ritual("a"), tracking)])
      commits.append(entries)
    }
    return commits
  }

  /// Opens a copy made of these bytes, and gives how many whole commits it holds; nil where it holds a part
  /// of one.
  private func commits(in database: [UInt8], _ log: [UInt8], of all: [[Entry]]) throws -> Int? {
    let path = folder.path + "/copy/journal.sqlite"
    mkdir(folder.path + "/copy", 0o700)
    unlink(path + "-shm")
    File.write(database, to: path)
    File.write(log, to: path + "-wal")
    let journal = try Journal(at: path)
    let entries = try journal.reader.history(limit: 1_000)
    let count = all.indices.first { all[..<$0].joined().elementsEqual(entries) } ?? all.count
    guard all[..<count].joined().elementsEqual(entries) else { return nil }
    let snapshot = try journal.reader.snapshot(at: Sample.minute(100))
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

  /// Where each commit of a write-ahead log ends, in bytes (sqlite.org/fileformat.html, 4.1): its last frame
  /// says how large the database is then. Frames of an earlier turn of the log have another salt.
  private func ends(of log: [UInt8]) -> [Int] {
    func number(_ place: Int) -> UInt32 { log[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) } }
    let frame = 24 + Int(number(8))
    return stride(from: 32, through: log.count - frame, by: frame).filter { start in
      number(start + 4) > 0 && number(start + 8) == number(16) && number(start + 12) == number(20)
    }.map { $0 + frame }
  }

  @Test("A log cut at any frame, or within one, holds every commit that ends before, and nothing twice")
  func cutAtFrames() throws {
    let journal = try Journal(at: folder.journal)
    let all = try record(journal)
    let database = File.bytes(folder.journal)
    let log = File.bytes(folder.journal + "-wal")
    withExtendedLifetime(journal) {}
    let ends = ends(of: log)
    #expect(ends.count == all.count)
    for start in stride(from: 32, through: log.count, by: 24 + 4_096) {
      for length in [start - 1, start, start + 1, start + 24, start + 2_000] where length <= log.count {
        let whole = ends.count { $0 <= length }
        #expect(try commits(in: database, Array(log[..<length]), of: all) == whole, "cut at \(length)")
      }
    }
  }

  @Test(
    "A frame that is damaged ends the log: every commit before it is there", arguments: [1, 2, 3] as [UInt64])
  func damagedFrame(seed: UInt64) throws {
    let journal = try Journal(at: folder.journal)
    let all = try record(journal)
    let database = File.bytes(folder.journal)
    let log = File.bytes(folder.journal + "-wal")
    withExtendedLifetime(journal) {}
    let ends = ends(of: log)
    let last = try #require(ends.last)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<30 {
      let place = Int.random(in: 32..<last, using: &generator)
      var damaged = log
      damaged[place] ^= .random(in: 1...255, using: &generator)
      let count = try commits(in: database, damaged, of: all)
      #expect(count == ends.count { $0 <= place }, "seed \(seed), byte \(place)")
    }
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
