import CivilTime
import Journal
import Rituals
import Testing
import Texts

@Suite("Notes in the journal, and forgetting")
struct NoteTests {
  private let folder = TemporaryFolder()

  private func note(
    _ kind: Note.Kind, _ text: String, minute: Int64 = 0, ritual: String? = nil, guide: String? = nil
  ) -> Note {
    Note(kind, text, at: Sample.minute(minute), ritual: ritual.map { Sample.ritual($0) }, guide: guide)
  }

  @Test("What was written comes back as it was written, oldest first, also after a restart")
  func kept() throws {
    let notes = [
      note(.appreciation, "You made tea.\nBefore I was up. ☕", ritual: "bedtime", guide: nil),
      note(.warm, "", minute: 1), note(.hard, "late", minute: 2),
      note(.note, "What I need", minute: 3, guide: "state-of-us"),
    ]
    do { try Journal(at: folder.journal).commit(notes.map { .note($0) }) }
    let journal = try Journal(at: folder.journal)
    #expect(try journal.reader.notes(limit: 9).map(\.note) == notes)
    #expect(try journal.reader.notes(limit: 2).map(\.note) == Array(notes.suffix(2)))
    #expect(try journal.reader.notes(since: Sample.minute(2), limit: 9).map(\.note) == Array(notes.suffix(2)))
    #expect(try journal.reader.notes(kind: .warm, limit: 9).map(\.note) == [notes[1]])
    #expect(Set(try journal.reader.notes(limit: 9).map(\.id)).count == 4)
    #expect(try JournalReader(at: folder.journal).notes(limit: 1).map(\.note) == [notes[3]])
  }

  @Test("Notes that wait for the disk are told with the others, without a number")
  func waiting() {
    var backlog = Backlog()
    backlog.add([.note(note(.warm, "a")), .note(note(.appreciation, "b", minute: 5))])
    #expect(backlog.count == 2 && !backlog.isEmpty)
    #expect(backlog.changes == [.note(note(.warm, "a")), .note(note(.appreciation, "b", minute: 5))])
    func told(_ limit: Int, since: Instant? = nil, kind: Note.Kind? = nil, before: Int64? = nil) -> [String] {
      var page = Page<KeptNote>(limit: limit, before: before)
      backlog.fill(&page, since: since, kind: kind, after: 7)
      #expect(page.elements.allSatisfy { $0.id == nil })
      return page.elements.map(\.note.text)
    }
    #expect(told(9) == ["a", "b"])
    #expect(told(1) == ["b"])
    #expect(told(9, since: Sample.minute(1)) == ["b"])
    #expect(told(9, kind: .warm) == ["a"])
    // The numbers that they will have: 8 and 9.
    #expect(told(9, before: 9) == ["a"] && told(9, before: 8) == [])
  }

  @Test("A page holds as many rows as have room in its bytes, and the next goes on from there")
  func pages() throws {
    let journal = try Journal(at: folder.journal)
    let texts = (0..<40).map { "\($0) " + String(repeating: "ä", count: $0 * 37 % 700) }
    try journal.commit(texts.map { .note(note(.warm, $0)) })
    var told: [String] = []
    var before: Int64?
    var count = 0
    repeat {
      var page = Page<KeptNote>(limit: 30 - told.count, bytes: 3000, before: before)
      try journal.reader.fill(&page, since: nil, kind: nil)
      #expect(page.elements.reduce(0) { $0 + $1.note.text.utf8.count } <= 3000)
      told = page.elements.map(\.note.text) + told
      before = page.next
      count += 1
    } while before != nil
    #expect(told == Array(texts.suffix(30)) && count > 3)
  }

  @Test("A note of any size that an earlier version took is told in pieces, whole in the end, and counted")
  func giant() throws {
    let journal = try Journal(at: folder.journal)
    let words = String(repeating: "Ein Satz mit Umläuten: äöü €𝄞. ", count: 900_000)
    try journal.commit([.note(note(.appreciation, "before"))])
    OtherProgram(folder.journal).execute(
      "INSERT INTO note (at, kind, text) VALUES (1, 'warm', '\(words)')")
    try journal.commit([.note(note(.warm, "after"))])
    let notes = try journal.reader.notes(limit: 9)
    #expect(notes.map(\.id) == [1, 2, 3] && notes.map(\.length) == [nil, words.utf8.count, nil])
    #expect(notes[1].note.text.utf8.count <= TextBound.bytes && words.hasPrefix(notes[1].note.text))
    let times = try journal.reader.noteTimes(since: Instant(microseconds: .min))
    #expect(times.map(\.kind) == [.appreciation, .warm, .warm])
    var whole = ""
    var from: Int? = 0
    while let start = from {
      let piece = try #require(try journal.reader.text(ofNote: 2, from: start, upTo: 1 << 18))
      #expect(piece.text.utf8.count <= 1 << 18)
      whole += piece.text
      from = piece.next
    }
    #expect(whole == words)
    #expect(try journal.reader.text(ofNote: 2, from: words.utf8.count + 5, upTo: 9)?.text == "")
    #expect(try journal.reader.text(ofNote: 4, from: 0, upTo: 9) == nil)
    // One that is as long as any that comes in is whole.
    try journal.commit([.note(note(.note, TextBound.cut(words)))])
    let last = try journal.reader.notes(limit: 1)
    #expect(last.map(\.note.text) == [TextBound.cut(words)] && last.map(\.length) == [nil])
  }

  @Test("Titles and reasons of an earlier version are cut where they are told")
  func giantTitle() throws {
    let journal = try Journal(at: folder.journal)
    let occurrence = Sample.occurrence("kiss", 0)
    let long = String(repeating: "x", count: 1_000_000)
    try journal.commit([
      .entry(Sample.entry(.due, of: occurrence, title: long)),
      .entry(Sample.entry(.undelivered(reason: long), of: occurrence, title: long)),
    ])
    let cut = TextBound.cut(long)
    #expect(cut.utf8.count == TextBound.bytes && cut.hasSuffix("x…"))
    let entries = try journal.reader.history(limit: 9)
    #expect(entries.map(\.title) == [cut, cut] && entries[1].happening == .undelivered(reason: cut))
    #expect(try journal.reader.snapshot(at: Sample.minute(1)).open.map(\.title) == [cut])
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let forgetting: Forgetting
    /// The rest: notes by their words, entries by their titles.
    let notes: [String]
    let titles: [String]
    let days: Int
    let size: Forgotten
    var testDescription: String { name }
  }

  /// Two rituals on two days, a count of an earlier day each, a note for one of them and two for none.
  private func fill(_ journal: Journal) throws {
    for (name, title) in [("kiss", "Kiss"), ("hug", "Hug")] {
      for (minute, count) in [(0, 1), (1440, 3)] as [(Int64, Int)] {
        let occurrence = Sample.occurrence(name, minute)
        try journal.commit([
          .entry(Sample.entry(.due, of: occurrence, title: title)),
          .entry(Sample.entry(.missed(.absent, count: count), of: occurrence, title: title)),
        ])
      }
    }
    // Two years on: the first of each becomes a count.
    _ = try journal.compact(before: Sample.minute(60), in: .utc, now: Sample.minute(2000), limit: 9)
    try journal.commit([
      .note(note(.note, "for a kiss", minute: 10, ritual: "kiss")), .note(note(.warm, "early", minute: 20)),
      .note(note(.hard, "late", minute: 1500)),
      .entry(Sample.entry(.due, of: Sample.occurrence("kiss", 1600), title: "Open")),
    ])
  }

  static let day: Int64 = 1440

  @Test(
    "Exactly what is meant is erased, and the size is told before and after",
    arguments: [
      Row(
        name: "one note", forgetting: .notes([2, 99]), notes: ["for a kiss", "late"],
        titles: ["Kiss", "Kiss", "Hug", "Hug", "Open"], days: 2, size: Forgotten(notes: 1)),
      Row(
        name: "a ritual", forgetting: .past(of: Sample.ritual("kiss"), since: nil, before: nil),
        notes: ["early", "late"], titles: ["Hug", "Hug", "Open"], days: 1,
        size: Forgotten(notes: 1, occurrences: 4)),
      Row(
        name: "since", forgetting: .past(of: nil, since: Sample.minute(20), before: nil),
        notes: ["for a kiss"],
        // A day that is a count goes where any of it goes.
        titles: ["Open"], days: 0, size: Forgotten(notes: 2, occurrences: 8)),
      Row(
        name: "before", forgetting: .past(of: nil, since: nil, before: Sample.minute(20)),
        notes: ["early", "late"], titles: ["Kiss", "Kiss", "Hug", "Hug", "Open"], days: 0,
        size: Forgotten(notes: 1, occurrences: 2)),
      Row(
        name: "a span of a ritual",
        forgetting: .past(of: Sample.ritual("hug"), since: Sample.minute(1000), before: Sample.minute(1441)),
        notes: ["for a kiss", "early", "late"], titles: ["Kiss", "Kiss", "Open"], days: 2,
        size: Forgotten(notes: 0, occurrences: 3)),
      Row(
        name: "everything", forgetting: .everything, notes: [], titles: ["Open"], days: 0,
        size: Forgotten(notes: 3, occurrences: 8)),
    ])
  func forgets(_ row: Row) throws {
    let journal = try Journal(at: folder.journal)
    try fill(journal)
    #expect(try journal.count(row.forgetting, in: .utc) == row.size)
    #expect(try journal.reader.notes(limit: 9).count == 3, "counting erases nothing")
    #expect(try journal.forget(row.forgetting, in: .utc, now: Sample.minute(2000)) == row.size)
    #expect(try journal.reader.notes(limit: 9).map(\.note.text) == row.notes)
    #expect(try journal.reader.history(limit: 99).map(\.title) == row.titles)
    #expect(try journal.reader.dailyCounts().count == row.days)
    #expect(try journal.count(row.forgetting, in: .utc).isNothing)
    #expect(try journal.reader.snapshot(at: Sample.minute(2000)).open.map(\.title) == ["Open"])
    // It goes on.
    try journal.commit(Sample.changes(.due, of: Sample.occurrence("new", 1700)))
    #expect(OtherProgram(folder.journal).text("PRAGMA integrity_check") == "ok")
  }

  @Test("Where a ritual's last occurrence is erased, a start counts on from it")
  func countsOn() throws {
    let journal = try Journal(at: folder.journal)
    let occurrence = Sample.occurrence("kiss", 60)
    try journal.commit([
      .track(Sample.ritual("kiss"), Tracking(fingerprint: "daily", since: Sample.minute(0))),
      .entry(Sample.entry(.done(by: .command), of: occurrence)),
      // The clock ran ahead: its real time is still to come.
      .entry(Sample.entry(.missed(.absent, count: 1), of: Sample.occurrence("kiss", 9000))),
    ])
    _ = try journal.forget(.everything, in: .utc, now: Sample.minute(100))
    let snapshot = try journal.reader.snapshot(at: Sample.minute(100))
    #expect(snapshot.tracked[Sample.ritual("kiss")]?.since == occurrence.scheduled)
  }

  @Test("The bytes are in none of the files", arguments: [Forgetting.everything, .notes([1])])
  func bytes(_ forgetting: Forgetting) throws {
    let journal = try Journal(at: folder.journal)
    let secret = "a secret that is long enough to be found"
    try journal.commit([.note(note(.appreciation, secret))])
    // More pages, so that it is not alone on its own; some of them in the database and some in the log.
    for minute in 0..<400 as Range<Int64> {
      try journal.commit([.note(note(.warm, "x\(minute)", minute: minute))])
    }
    #expect(!places(of: secret).isEmpty, "it would not be found at all")
    _ = try journal.forget(forgetting, in: .utc, now: Sample.minute(0))
    #expect(places(of: secret) == [])
    let logged = File.bytes(folder.journal + "-wal").count
    #expect(logged == 0)
    try journal.commit([.note(note(.warm, "on"))])
    #expect(places(of: secret) == [])
  }

  /// The files of the journal that have this text in them.
  private func places(of text: String) -> [String] {
    let words = Array(text.utf8)
    return ["", "-wal", "-shm"].filter { suffix in
      let bytes = File.bytes(folder.journal + suffix)
      guard bytes.count >= words.count else { return false }
      return (0...bytes.count - words.count).contains {
        bytes[$0] == words[0] && bytes[$0..<$0 + words.count].elementsEqual(words)
      }
    }
  }

  @Test("While another program reads, it says that the log may still hold it, and the next try empties it")
  func read() throws {
    let journal = try Journal(at: folder.journal)
    try journal.commit([.note(note(.appreciation, "a secret that is long enough to be found"))])
    do {
      let other = OtherProgram(folder.journal)
      #expect(other.execute("BEGIN; SELECT * FROM note;") == 0)
      #expect(throws: JournalError.self) {
        _ = try journal.forget(.everything, in: .utc, now: Sample.minute(0))
      }
      #expect(try journal.reader.notes(limit: 9).isEmpty)
    }
    #expect(places(of: "a secret that is long") != [])
    #expect(try journal.forget(.everything, in: .utc, now: Sample.minute(0)) == Forgotten())
    #expect(places(of: "a secret that is long") == [])
  }

  @Test("Files that were set aside are told of, and nothing else")
  func asides() throws {
    do { _ = try Journal(at: folder.journal) }
    #expect(Journal.setAsides(of: folder.journal) == [])
    let aside = try Journal.setAside(folder.journal, at: Sample.evening)
    File.write([], to: aside + "-wal")
    File.write([], to: folder.journal + ".damaged")
    #expect(Journal.setAsides(of: folder.journal) == [aside])
  }
}
