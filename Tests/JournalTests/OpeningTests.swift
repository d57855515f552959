import CivilTime
import Glibc
import Journal
import Rituals
import Testing

@Suite("Opening a journal for a start")
struct OpeningTests {
  private let folder = TemporaryFolder()

  private func begin() throws {
    try Journal(at: folder.journal).commit(Sample.changes(.due, .closed(.dismissed)))
  }

  private var asides: [String] {
    TemporaryFolder.names(in: folder.path + "/state").filter { $0.contains(".damaged-") }
  }

  @Test("Gives what a start carries over; nothing had to go")
  func sound() throws {
    try begin()
    let opening = try Journal.open(at: folder.journal, now: Sample.evening)
    #expect(opening.displaced == nil)
    #expect(opening.snapshot == (try opening.journal.reader.snapshot(at: Sample.evening)))
    #expect(opening.snapshot.open.map(\.phase) == [.closed])
    #expect(asides.isEmpty)
  }

  struct Damage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let says: String
    let make: @Sendable ([UInt8]) -> [UInt8]
  }

  @Test(
    "What is damaged or another program's is set aside unchanged, and a new one begun",
    arguments: [
      Damage(testDescription: "garbage", says: "not a database") { $0.map { $0 ^ 0x5a } },
      Damage(testDescription: "a word", says: "not a database") { _ in Array("diary".utf8) },
      Damage(testDescription: "zeros", says: "not a database") { $0.map { _ in 0 } },
      Damage(testDescription: "cut to half", says: "malformed") { Array($0[..<($0.count / 2)]) },
      Damage(testDescription: "cut in the header", says: "not a database") { Array($0[..<60]) },
      Damage(testDescription: "a page size that cannot be", says: "not a database") { bytes in
        replacing(bytes, at: 16, with: [3, 3])
      },
      Damage(testDescription: "a format that nobody will write", says: "format is") { bytes in
        replacing(bytes, at: 60, with: [0x40, 0, 0, 1])
      },
      Damage(testDescription: "another program's number", says: "another program") { bytes in
        replacing(bytes, at: 68, with: [1, 2, 3, 4])
      },
      Damage(testDescription: "a schema that cannot be read", says: "malformed") { bytes in
        replacing(bytes, at: 100, with: Array(repeating: 0xee, count: 8))
      },
    ])
  func damaged(_ damage: Damage) throws {
    try begin()
    let bytes = damage.make(File.bytes(folder.journal))
    File.write(bytes, to: folder.journal)
    let opening = try Journal.open(at: folder.journal, now: Sample.evening)
    let displaced = try #require(opening.displaced)
    #expect(displaced.path == folder.journal)
    #expect(displaced.aside == folder.journal + ".damaged-20261127-193000")
    #expect(File.bytes(displaced.aside) == bytes)
    #expect(displaced.description.contains(damage.says), "\(displaced)")
    #expect(displaced.description.contains(displaced.aside))
    #expect(!displaced.description.contains("Goodbye"))
    #expect(opening.snapshot.unseeded == Snapshot())
    try opening.journal.commit(Sample.changes(.due))
    #expect(try opening.journal.reader.history(limit: 9).count == 1)
  }

  @Test("A small table that is damaged is seen at once, and not only by the look at the whole file")
  func damagedStanding() throws {
    let tracking = Tracking(fingerprint: "daily at noon", since: Sample.evening)
    do { try Journal(at: folder.journal).commit([.track(Sample.ritual("a"), tracking)]) }
    var bytes = File.bytes(folder.journal)
    let words = Array("daily at noon".utf8)
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: words) })
    // Its count of stray bytes: reading does not need it, and writing would go by it.
    bytes = replacing(bytes, at: place / 4_096 * 4_096 + 7, with: [50])
    File.write(bytes, to: folder.journal)
    let opening = try Journal.open(at: folder.journal, now: Sample.evening)
    let displaced = try #require(opening.displaced)
    #expect(File.bytes(displaced.aside) == bytes)
  }

  @Test("Another program's database in use: neither it nor its write-ahead log is written to")
  func foreignWithLog() throws {
    try begin()
    unlink(folder.journal)
    let copy = folder.path + "/state/other.sqlite"
    let other = OtherProgram(copy)
    #expect(other.text("PRAGMA journal_mode = WAL") == "wal")
    other.execute("CREATE TABLE recipe (id INTEGER); PRAGMA wal_checkpoint; INSERT INTO recipe VALUES (7)")
    let files = ["", "-wal", "-shm"]
    let before = files.map { File.bytes(copy + $0) }
    for (file, bytes) in zip(files, before) { File.write(bytes, to: folder.journal + file) }
    let opening = try Journal.open(at: folder.journal, now: Sample.evening)
    let aside = try #require(opening.displaced?.aside)
    #expect(files.map { File.bytes(aside + $0) } == before)
  }

  @Test("A later version's journal is refused and left as it was, also where only its log says so")
  func later() throws {
    try begin()
    let header = replacing(File.bytes(folder.journal), at: 60, with: [0, 0, 0, 99])
    File.write(header, to: folder.journal)
    #expect(throws: JournalError.tooNew(path: folder.journal, found: 99, known: 9)) {
      try Journal.open(at: folder.journal, now: Sample.evening)
    }
    #expect(File.bytes(folder.journal) == header)
    #expect(asides.isEmpty)

    unlink(folder.journal)
    try begin()
    let copy = folder.path + "/copy.sqlite"
    File.write(File.bytes(folder.journal), to: copy)
    let other = OtherProgram(copy)
    other.execute("PRAGMA user_version = 98")
    let files = ["", "-wal"].map { ($0, File.bytes(copy + $0)) }
    for (file, bytes) in files { File.write(bytes, to: folder.journal + file) }
    #expect(throws: JournalError.tooNew(path: folder.journal, found: 98, known: 9)) {
      try Journal.open(at: folder.journal, now: Sample.evening)
    }
    for (file, bytes) in files { #expect(File.bytes(folder.journal + file) == bytes, "\(file)") }
    #expect(asides.isEmpty)
  }

  @Test(
    "Of many that open a damaged one at once, the lock decides: one has the new one, and it is set aside once"
  )
  func race() async throws {
    try begin()
    File.write(Array(repeating: 0xaa, count: 9_000), to: folder.journal)
    let path = folder.journal
    let outcomes = await withTaskGroup(of: String.self) { group in
      for _ in 0..<16 {
        group.addTask {
          do throws(JournalError) {
            let opening = try Journal.open(at: path, now: Sample.evening)
            try opening.journal.commit([
              .track(Sample.ritual("a"), Tracking(fingerprint: "", since: Sample.evening))
            ])
            return opening.displaced == nil ? "opened" : "displaced"
          } catch {
            if case .inUse = error { return "refused" }
            return "\(error)"
          }
        }
      }
      return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    // One that comes when the first has let go opens the new one, and leaves it.
    #expect(outcomes["displaced"] == 1, "\(outcomes)")
    #expect(Set(outcomes.keys).isSubset(of: ["displaced", "opened", "refused"]), "\(outcomes)")
    #expect(asides.count == 1)
    #expect(try Journal(at: path).reader.snapshot(at: Sample.evening).tracked.count == 1)
  }

  @Test("A folder that cannot be written is a disk that may be writable later", .enabled(if: geteuid() == 0))
  func readOnlyLater() throws {
    let disk = try SmallDisk(kilobytes: 512)
    do { try Journal(at: disk.journal).commit(Sample.changes(.due)) }
    try disk.remount("ro")
    let error = try #require(throws: JournalError.self) {
      try Journal.open(at: disk.journal, now: Sample.evening)
    }
    #expect(error.isTemporary, "\(error)")
  }
}

/// The bytes with others in their place.
func replacing(_ bytes: [UInt8], at place: Int, with others: [UInt8]) -> [UInt8] {
  var bytes = bytes
  bytes.replaceSubrange(place..<place + others.count, with: others)
  return bytes
}
