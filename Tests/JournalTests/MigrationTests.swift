import CivilTime
import Glibc
import Journal
import Rituals
import Testing

/// Every former format is a file in `Tests/JournalFormats`, with rows that its versions wrote. A new format
/// gets one with its migration, and no file is ever changed.
@Suite("Journals of former formats")
struct MigrationTests {
  static let formats = Array(1...Vocabulary.format)
  static let former = Array(1..<Vocabulary.format)

  private let folder = TemporaryFolder()

  /// Writes the journal of a format. Returns its rows.
  @discardableResult
  private func write(_ format: Int) throws -> [String: String] {
    // As the journal makes it.
    _ = try Journal(at: folder.path + "/state/other.sqlite")
    let root = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let sql = String(decoding: File.bytes("/\(root)/JournalFormats/format-\(format).sql"), as: UTF8.self)
    try #require(!sql.isEmpty, "there is no journal of format \(format)")
    let other = OtherProgram(folder.journal)
    try #require(other.execute(sql) == 0, "format \(format)")
    try #require(other.text("PRAGMA user_version") == "\(format)")
    return rows(folder.journal)
  }

  /// All rows of all tables as text, by table; of the columns of `others`, where it is given.
  private func rows(_ path: String, like others: [String: String]? = nil) -> [String: String] {
    let other = OtherProgram(path)
    let tables = other.text("SELECT group_concat(name) FROM sqlite_schema WHERE type = 'table'") ?? ""
    var all: [String: String] = [:]
    for table in tables.split(separator: ",").map(String.init) {
      let columns =
        others?[table].map { String($0.prefix { $0 != "\n" }) }
        ?? other.text("SELECT group_concat(name) FROM pragma_table_info('\(table)')") ?? ""
      let row = columns.split(separator: ",").map { "quote(\($0))" }.joined(separator: " || ',' || ")
      let text = other.text(
        "SELECT group_concat(row, char(10)) FROM (SELECT \(row) AS row FROM \(table) ORDER BY 1)")
      all[table] = "\(columns)\n\(text ?? "")"
    }
    return all
  }

  private var copies: [String] {
    TemporaryFolder.names(in: folder.path + "/state").filter { $0.contains(".format-") }
  }

  @Test("Each has every row when it comes to the present one", arguments: formats)
  func keepsRows(format: Int) throws {
    let before = try write(format)
    do { _ = try Journal(at: folder.journal) }
    let after = rows(folder.journal, like: before)
    for (table, rows) in before { #expect(after[table] == rows, "\(table)") }
    let other = OtherProgram(folder.journal)
    #expect(other.text("PRAGMA user_version") == "\(Vocabulary.format)")
    #expect(other.text("PRAGMA integrity_check") == "ok")
    #expect(other.text("SELECT count(*) FROM pragma_foreign_key_check") == "0")
  }

  @Test("Each means what it meant: what is open, tracked, ordered, drawn and named", arguments: formats)
  func keepsMeaning(format: Int) throws {
    try write(format)
    let journal = try Journal(at: folder.journal)
    try checkMeaning(of: journal.reader.snapshot(at: Sample.evening), format)
    let entries = try journal.reader.history(limit: 100)
    #expect(entries.count == (format < 2 ? 20 : format < 8 ? 23 : 24))
    #expect(entries.filter { $0.happening == .done(by: .notification) }.count == 1)
    let notes = try journal.reader.notes(limit: 100)
    #expect(notes.map(\.note.kind) == (format < 4 ? [] : [.appreciation, .warm, .hard, .note]))
    #expect(format < 4 || notes.last?.note.text == "Line one\nand two: „ä“.")
  }

  private func checkMeaning(of snapshot: Snapshot, _ format: Int) throws {
    let evening = Sample.evening
    #expect(
      snapshot.open.map(\.phase) == [
        .shown(Sample.notification), .closed, .snoozed(until: Sample.minute(30)), .due,
      ])
    #expect(
      snapshot.open.map(\.occurrence.ritual.text) == ["evening-walk", "state-of-us", "tea", "date-night"])
    #expect(snapshot.open.map(\.nudges) == [format < 2 ? 0 : 2, 0, 0, 0])
    #expect(snapshot.open.map(\.wasSeen) == [true, true, false, false])
    #expect(snapshot.open[1].prompt?.text == (format < 5 ? nil : "openers-3"))
    // Where the format had no such column, it is the time of the last change.
    #expect(snapshot.open[0].due == Sample.minute(format < 2 ? -59 : -60))
    #expect(snapshot.tracked.count == 6)
    // Nine days before.
    let since = evening.advanced(byMicroseconds: -777_600_000_000)
    #expect(snapshot.tracked.values.allSatisfy { $0.since == since })
    let lead = snapshot.tracked[Sample.ritual("state-of-us")]?.lead
    #expect(lead?.notification?.number == (format < 2 ? nil : 19))
    #expect((snapshot.tracked[Sample.ritual("tea")]?.away != nil) == (format >= 9))
    #expect(snapshot.orders.count == (format < 2 ? 0 : 2))
    #expect(snapshot.draws.all.count == (format < 5 ? 0 : 2))
    #expect(format < 5 || snapshot.draws.seed == UInt64(bitPattern: -4_611_686_018_427_387_000))
    #expect((snapshot.timeout != nil) == (format >= 6))
    #expect(snapshot.names.count == (format < 7 ? 0 : 2))
    #expect(snapshot.unknownWords.isEmpty)
  }

  @Test("Where it cannot be written, each is read in the same way, and nothing is copied", arguments: formats)
  func reads(format: Int) throws {
    try write(format)
    let bytes = File.bytes(folder.journal)
    try checkMeaning(of: JournalReader(at: folder.journal).snapshot(at: Sample.evening), format)
    #expect(File.bytes(folder.journal) == bytes && copies.isEmpty)
  }

  @Test("A private copy is kept as it was, and can be put back", arguments: former)
  func copy(format: Int) throws {
    let before = try write(format)
    let path = folder.journal + ".format-\(format)"
    do {
      let journal = try Journal(at: folder.journal)
      #expect(journal.formerCopy == path)
      try journal.commit(Sample.changes(.due, .done(by: .command)))
    }
    #expect(copies == ["journal.sqlite.format-\(format)"])
    #expect(File.mode(path) == 0o600)
    #expect(rows(path) == before)
    do { #expect(OtherProgram(path).text("PRAGMA user_version") == "\(format)") }
    #expect(copies == ["journal.sqlite.format-\(format)"], "nothing beside it")
    File.write(File.bytes(path), to: folder.journal)
    try checkMeaning(of: Journal(at: folder.journal).reader.snapshot(at: Sample.evening), format)
  }

  @Test("What is in the write-ahead log alone is in the copy too")
  func log() throws {
    try write(1)
    let reader = OtherProgram(folder.journal)
    #expect(reader.execute("BEGIN; SELECT * FROM tracking;") == 0)
    do { #expect(OtherProgram(folder.journal).execute("UPDATE tracking SET since = 7") == 0) }
    do { _ = try Journal(at: folder.journal) }
    let copy = OtherProgram(folder.journal + ".format-1")
    #expect(copy.text("SELECT DISTINCT since FROM tracking") == "7")
  }

  @Test("Nothing is copied of a new journal, nor of one of the present format")
  func noCopy() throws {
    do { #expect(try Journal(at: folder.journal).formerCopy == nil) }
    do { #expect(try Journal(at: folder.journal).formerCopy == nil) }
    #expect(copies.isEmpty)
  }

  @Test("The next migration replaces the copy, and what is left of an unfinished one")
  func one() throws {
    try write(1)
    do { _ = try Journal(at: folder.journal) }
    File.write(Array("half".utf8), to: folder.journal + ".format-2.new")
    #expect(copies == ["journal.sqlite.format-1", "journal.sqlite.format-2.new"])
    File.write([], to: folder.journal)
    let before = try write(2)
    do { _ = try Journal(at: folder.journal) }
    #expect(copies == ["journal.sqlite.format-2"])
    #expect(rows(folder.journal + ".format-2") == before)
  }

  @Test("What the user named after a copy stays, until a part of the past is forgotten")
  func namedByUser() throws {
    try write(4)
    File.write(Array("mine".utf8), to: folder.journal + ".format-4.mine")
    let journal = try Journal(at: folder.journal)
    #expect(copies == ["journal.sqlite.format-4", "journal.sqlite.format-4.mine"])
    _ = try journal.forget(.notes([1]), in: .utc, now: Sample.evening)
    #expect(copies.isEmpty)
  }

  @Test("Without a copy there is no migration, until the copy can be made", arguments: ["", ".new"])
  func cannotCopy(suffix: String) throws {
    let before = try write(1)
    // A folder in the place of the copy, or of its draft.
    let obstacle = folder.journal + ".format-1\(suffix)"
    _ = try Journal(at: obstacle + "/journal.sqlite")
    let error = try #require(throws: JournalError.self) { try Journal(at: folder.journal) }
    #expect(error == .noCopy(path: obstacle, reason: "it is a folder; move it away"))
    #expect(error.isTemporary && !error.isRefusal)
    #expect(rows(folder.journal) == before)
    do { #expect(OtherProgram(folder.journal).text("PRAGMA user_version") == "1") }
    #expect(copies == ["journal.sqlite.format-1\(suffix)"])
    // It is read as it is meanwhile.
    do { try checkMeaning(of: JournalReader(at: folder.journal).snapshot(at: Sample.evening), 1) }
    try #require(rename(obstacle, folder.path + "/away") == 0)
    do { #expect(try Journal(at: folder.journal).formerCopy == folder.journal + ".format-1") }
    #expect(copies == ["journal.sqlite.format-1"])
  }

  @Test("Forgetting removes the copy as well; where it cannot be removed, nothing is erased")
  func forgets() throws {
    try write(4)
    let journal = try Journal(at: folder.journal)
    #expect(copies.count == 1)
    #expect(try journal.forget(.notes([1]), in: .utc, now: Sample.evening) == Forgotten(notes: 1))
    #expect(copies.isEmpty)
    _ = try Journal(at: folder.journal + ".format-4/journal.sqlite")
    let error = try #require(throws: JournalError.self) {
      try journal.forget(.notes([2]), in: .utc, now: Sample.evening)
    }
    guard case .stillInCopy = error else {
      Issue.record("\(error)")
      return
    }
    #expect(try journal.reader.notes(limit: 9).count == 3)
  }
}
