import CivilTime
import Journal
import Rituals
import Testing

/// A word that this version does not know hides nothing else, and stays in the file for the one that knows
/// it.
@Suite("Words of a later version in a journal")
struct UnknownWordsTests {
  private let folder = TemporaryFolder()

  /// A journal in which one reminder was answered and one has just come.
  private func makeJournal() throws {
    let journal = try Journal(at: folder.journal)
    try journal.commit(Sample.changes(.due, .done(by: .command), of: Sample.occurrence("answered", 0)))
    try journal.commit(Sample.changes(.due, of: Sample.occurrence("open", 1)))
  }

  private func execute(_ sql: String) throws {
    let other = OtherProgram(folder.journal)
    try #require(other.execute(sql) == 0, "\(sql)")
  }

  /// The file's own text, read beside the journal.
  private func text(_ sql: String) -> String? { OtherProgram(folder.journal).text(sql) }

  /// Values that a later version may write into `happening, answerer, reason, until, count`, and the words
  /// that are read from them.
  static let rows: [(columns: String, told: RecordedWords)] = [
    ("'done', 'phone', NULL, NULL, NULL", RecordedWords("done", answerer: "phone")),
    ("'skipped', 'watch', NULL, NULL, 3", RecordedWords("skipped", answerer: "watch", count: 3)),
    (
      "'snoozed', 'phone', NULL, 7, NULL",
      RecordedWords("snoozed", answerer: "phone", until: Instant(microseconds: 7))
    ),
    ("'held', NULL, 'asleep', NULL, NULL", RecordedWords("held", reason: "asleep")),
    ("'closed', NULL, 'swiped', NULL, NULL", RecordedWords("closed", reason: "swiped")),
    ("'missed', NULL, 'broken', NULL, 2", RecordedWords("missed", reason: "broken", count: 2)),
    ("'expired', NULL, 'moved', NULL, NULL", RecordedWords("expired", reason: "moved")),
    ("'celebrated', 'phone', 'why', 7, 2", celebrated),
    // What a known word needs may be elsewhere in a later version.
    ("'shown', NULL, NULL, NULL, NULL", RecordedWords("shown")),
    ("'done', NULL, NULL, NULL, NULL", RecordedWords("done")),
    ("'nudged', NULL, NULL, NULL, NULL", RecordedWords("nudged")),
    ("'', NULL, NULL, NULL, NULL", RecordedWords("")),
  ]

  private static let celebrated = RecordedWords(
    "celebrated", answerer: "phone", reason: "why", until: Instant(microseconds: 7), count: 2)

  @Test("An entry is told in its own words, and those around it as ever", arguments: rows)
  func entries(columns: String, told: RecordedWords) throws {
    try makeJournal()
    try execute(
      """
      INSERT INTO entry (occurrence, at, title, happening, answerer, reason, until, count)
      SELECT id, 5, 'Goodbye kiss', \(columns) FROM occurrence WHERE ritual = 'open'
      """)
    let expected: [Happening] = [.due, .done(by: .command), .due, .unknown(told)]
    #expect(try JournalReader(at: folder.journal).history(limit: 9).map(\.happening) == expected)
    let opening = try Journal.open(at: folder.journal, now: Sample.minute(2))
    #expect(opening.displaced == nil)
    #expect(try opening.journal.reader.history(limit: 9).map(\.happening) == expected)
    let last = try opening.journal.reader.history(ritual: Sample.ritual("open"), limit: 1).first
    #expect(last?.happening.word == told.happening)
  }

  @Test(
    "A phase: the reminder is there and due, and the file keeps its word until something happens to it",
    arguments: ["'ringing', NULL, NULL, NULL", "'ringing', 'a', 1, 7", "'shown', NULL, NULL, NULL"])
  func phase(columns: String) throws {
    try makeJournal()
    try execute(
      "UPDATE occurrence SET (phase, server, number, until) = (\(columns)) WHERE ritual = 'open'")
    let word = text("SELECT phase FROM occurrence WHERE ritual = 'open'")
    let stored = try JournalReader(at: folder.journal).snapshot(at: Sample.minute(2))
    #expect(stored.open.map(\.phase) == [.due])
    let opening = try Journal.open(at: folder.journal, now: Sample.minute(2))
    #expect(opening.displaced == nil)
    #expect(opening.snapshot.open.map(\.occurrence) == [Sample.occurrence("open", 1)])
    #expect(opening.snapshot.open.map(\.phase) == [.due])
    #expect(opening.snapshot.unknownWords == ["occurrence.phase"])
    #expect(text("SELECT phase FROM occurrence WHERE ritual = 'open'") == word)
    try opening.journal.commit(Sample.changes(.done(by: .command), of: Sample.occurrence("open", 1)))
    #expect(text("SELECT outcome FROM occurrence WHERE ritual = 'open'") == "done")
    #expect(try opening.journal.reader.snapshot(at: Sample.minute(2)).unknownWords == [])
  }

  @Test("An outcome is an end: nothing comes again, nothing overwrites it, and it is counted by its word")
  func outcome() throws {
    try makeJournal()
    try execute("UPDATE occurrence SET outcome = 'celebrated' WHERE ritual = 'answered'")
    let answered = Sample.occurrence("answered", 0)
    let journal = try Journal(at: folder.journal)
    #expect(try journal.reader.snapshot(at: Sample.minute(2)).open.map(\.occurrence.ritual.text) == ["open"])
    #expect(try journal.reader.shown(after: Sample.minute(-1)).contains(answered))
    for happening in [.due, .missed(.absent, count: 1), .done(by: .command)] as [Happening] {
      let error = #expect(throws: JournalError.self) {
        try journal.commit(Sample.changes(happening, of: answered))
      }
      #expect(error?.isRefusal == true)
    }
    #expect(text("SELECT outcome FROM occurrence WHERE ritual = 'answered'") == "celebrated")
    // A later one of the same ritual lets it become a count.
    try journal.commit(Sample.changes(.due, of: Sample.occurrence("answered", 10)))
    let year = Sample.minute(525_600)
    #expect(try journal.compact(before: year, in: .utc, now: year, limit: 9) == 1)
    #expect(text("SELECT outcome FROM daily_count") == "celebrated")
    #expect(try journal.reader.dailyCounts().map(\.outcome) == [nil])
    #expect(try journal.reader.done(since: Sample.minute(-1), before: year, in: .utc).isEmpty)
  }

  @Test("An order is not obeyed, and stays in the file whatever is ordered here")
  func orders() throws {
    try makeJournal()
    let theirs = "SELECT group_concat(subject || ' ' || ritual || ' ' || since) FROM standing_order"
    try execute(
      """
      INSERT INTO standing_order (subject, ritual, since) VALUES
        ('vacation', '', 5), ('discretion', 'open', 6), ('discretion', '', 7)
      """)
    let opening = try Journal.open(at: folder.journal, now: Sample.minute(2))
    #expect(opening.displaced == nil)
    #expect(opening.snapshot.orders == [Order(.discretion, since: Instant(microseconds: 7))])
    #expect(opening.snapshot.unknownWords == ["standing_order.subject"])
    try opening.journal.commit([.revoke(.discretion)])
    #expect(text(theirs) == "discretion open 6,vacation  5")
  }

  @Test("A timeout's stage: it rests until the time that was said")
  func stage() throws {
    try makeJournal()
    try execute(
      "INSERT INTO timeout (id, since, until, stage, server, number) VALUES (1, 5, 9, 'breathing', 'a', 1)")
    let opening = try Journal.open(at: folder.journal, now: Sample.minute(2))
    #expect(opening.displaced == nil)
    #expect(
      opening.snapshot.timeout
        == Timeout(since: Instant(microseconds: 5), until: Instant(microseconds: 9), stage: .resting))
    #expect(opening.snapshot.unknownWords == ["timeout.stage"])
    #expect(text("SELECT stage FROM timeout") == "breathing")
  }

  @Test("A note keeps its text and its word, and is none of another kind")
  func notes() throws {
    try makeJournal()
    let journal = try Journal(at: folder.journal)
    try journal.commit([.note(Note(.warm, "tea", at: Sample.minute(0)))])
    try execute("INSERT INTO note (at, kind, text) VALUES (\(Sample.minute(1).microseconds), 'dream', 'sea')")
    let notes = try journal.reader.notes(limit: 9)
    #expect(notes.map(\.note.text) == ["tea", "sea"])
    #expect(notes.map(\.unknownKind) == [nil, "dream"])
    #expect(notes.map(\.note.kind) == [.warm, .note])
    #expect(try journal.reader.notes(kind: .note, limit: 9).isEmpty)
    #expect(try JournalReader(at: folder.journal).notes(limit: 9) == notes)
  }
}
