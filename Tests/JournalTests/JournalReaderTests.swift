import CivilTime
import Glibc
import Journal
import Rituals
import Testing

@Suite("A journal that can only be read")
struct JournalReaderTests {
  private let folder = TemporaryFolder()
  private let now = Sample.minute(50)

  /// Makes two commits: one that is in the database, one that is in its log.
  private func fill(_ journal: Journal) throws {
    try journal.commit(Sample.changes(.due, .done(by: .command), of: Sample.occurrence("a", 0)))
    try journal.checkpoint(now: true)
    try journal.commit(Sample.changes(.due, .closed(.dismissed), of: Sample.occurrence("a", 60)))
  }

  private func expectFilled(_ stored: JournalReader) throws {
    #expect(try stored.snapshot(at: now).open.map(\.occurrence) == [Sample.occurrence("a", 60)])
    #expect(try stored.history(limit: 9).count == 4)
    #expect(try stored.shown(after: now) == [Sample.occurrence("a", 60)])
  }

  @Test("Is read as it is, with its log, and not written to")
  func unchanged() throws {
    let copy = folder.path + "/copy/journal.sqlite"
    mkdir(folder.path + "/copy", 0o700)
    let journal = try Journal(at: folder.journal)
    try fill(journal)
    let files = ["", "-wal"]
    for file in files { File.write(File.bytes(folder.journal + file), to: copy + file) }
    let before = files.map { File.bytes(copy + $0) }
    do { try expectFilled(JournalReader(at: copy)) }
    #expect(files.map { File.bytes(copy + $0) } == before)
    withExtendedLifetime(journal) {}
  }

  @Test("One that is not there, damaged, or another program's is not read")
  func refused() throws {
    #expect(throws: JournalError.self) { try JournalReader(at: folder.journal) }
    _ = try Journal(at: folder.journal)
    File.write(Array(repeating: 0xaa, count: 9_000), to: folder.journal)
    #expect(throws: JournalError.self) { try JournalReader(at: folder.journal) }
  }

  @Test("What a journal begun anew could not lose is told from what it could")
  func unbegun() throws {
    let path = folder.journal
    #expect(JournalReader.isUnbegun(at: path))
    mkdir(folder.path + "/state", 0o700)
    #expect(JournalReader.isUnbegun(at: path))
    File.write([], to: path)
    #expect(JournalReader.isUnbegun(at: path))
    // A write-ahead log may have all there is.
    File.write([1], to: path + "-wal")
    #expect(!JournalReader.isUnbegun(at: path))
    unlink(path + "-wal")
    // The first tables, as long as they are in the log alone; and what a disk leaves of that which had no
    // room for them.
    do {
      let other = OtherProgram(path)
      #expect(other.execute("PRAGMA journal_mode = WAL; CREATE TABLE a (b)") == 0)
      let copy = folder.path + "/copy.sqlite"
      let log = File.bytes(path + "-wal")
      File.write(File.bytes(path), to: copy)
      File.write(log, to: copy + "-wal")
      #expect(!JournalReader.isUnbegun(at: copy))
      File.write(Array(log.prefix(100)), to: copy + "-wal")
      #expect(JournalReader.isUnbegun(at: copy))
    }
    unlink(path)
    do { _ = try Journal(at: path) }
    #expect(!JournalReader.isUnbegun(at: path))
    File.write(Array("a diary".utf8), to: path)
    #expect(!JournalReader.isUnbegun(at: path))
    unlink(path)
    mkdir(path, 0o700)
    #expect(!JournalReader.isUnbegun(at: path))
  }

  @Test("One that another program has locked is not read: half of a change may be in it")
  func locked() throws {
    do { try fill(try Journal(at: folder.journal)) }
    do {
      let other = OtherProgram(folder.journal)
      #expect(other.execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE") == 0)
      let error = #expect(throws: JournalError.self) { try JournalReader(at: folder.journal) }
      guard case .busy = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(!JournalReader.isUnbegun(at: folder.journal))
    }
    try expectFilled(JournalReader(at: folder.journal))
  }

  @Test(
    "On a read-only disk all is read that was in the file", .enabled(if: SmallDisk.isPossible, "Needs root."))
  func readOnlyDisk() throws {
    let disk = try SmallDisk(kilobytes: 512)
    do { try fill(try Journal(at: disk.journal)) }
    // A name that a URI would misunderstand.
    let odd = disk.path + "/100% odd?name#here.sqlite"
    rename(disk.journal, odd)
    try disk.remount("ro")
    try expectFilled(JournalReader(at: odd))
  }

  @Test(
    "On a disk without room its log is read too, after a crash",
    .enabled(if: SmallDisk.isPossible, "Needs root."))
  func fullDisk() throws {
    let disk = try SmallDisk(kilobytes: 512)
    let journal = try Journal(at: folder.journal)
    try fill(journal)
    mkdir(disk.path + "/state", 0o700)
    for file in ["", "-wal"] { File.write(File.bytes(folder.journal + file), to: disk.journal + file) }
    disk.fill()
    #expect(throws: JournalError.self) { try Journal.open(at: disk.journal, now: now) }
    do { try expectFilled(JournalReader(at: disk.journal)) }
    // Nothing of it keeps the journal from being opened later.
    unlink(disk.path + "/filler")
    let opening = try Journal.open(at: disk.journal, now: now)
    #expect(opening.displaced == nil)
    #expect(try opening.journal.reader.history(limit: 9).count == 4)
    withExtendedLifetime(journal) {}
  }
}
