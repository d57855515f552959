import CivilTime
import Glibc
import Journal
import Rituals
import SimulationRig
import Testing

@Suite("The look at the whole journal")
struct IntegrityTests {
  private let folder = TemporaryFolder()

  private func makeHistory(_ occurrences: Int64) throws {
    let journal = try Journal(at: folder.journal)
    for minute in 0..<occurrences {
      try journal.commit(Sample.changes(.due, .done(by: .command), of: Sample.occurrence("a", minute)))
    }
  }

  /// The damage that the check finds; nil if there is none.
  private func look() throws(JournalError) -> SQLiteFailure? {
    do throws(JournalError) {
      try IntegrityCheck(of: folder.journal).run(until: Cancellation())
      return nil
    } catch {
      guard case .notAJournal(_, let cause) = error else { throw error }
      return cause
    }
  }

  @Test("Finds nothing in a sound one, while it is written to, and changes nothing")
  func sound() throws {
    try makeHistory(300)
    let closed = File.bytes(folder.journal)
    #expect(try look() == nil)
    #expect(File.bytes(folder.journal) == closed)
    let journal = try Journal(at: folder.journal)
    try journal.commit(Sample.changes(.due, of: Sample.occurrence("b", 1)))
    #expect(try look() == nil)
    try journal.commit(Sample.changes(.done(by: .command), of: Sample.occurrence("b", 1)))
    #expect(try journal.reader.history(limit: 2).map(\.happening) == [.due, .done(by: .command)])
  }

  @Test("Finds a page that is overwritten, wherever it is", arguments: 1...4 as ClosedRange<UInt64>)
  func everyPage(seed: UInt64) throws {
    try makeHistory(400)
    let whole = File.bytes(folder.journal)
    var generator = SeededGenerator(seed: seed)
    let pages = whole.count / 4_096
    try #require(pages > 20)
    for page in 1..<pages {
      let noise = (0..<4_096).map { _ in UInt8.random(in: 0...255, using: &generator) }
      File.write(replacing(whole, at: page * 4_096, with: noise), to: folder.journal)
      #expect(try look() != nil, "seed \(seed), page \(page + 1)")
    }
  }

  @Test("Finds an entry whose occurrence is gone")
  func orphan() throws {
    try makeHistory(3)
    do { OtherProgram(folder.journal).execute("DELETE FROM occurrence WHERE id = 2") }
    #expect(try look()?.message.contains("entry") == true)
  }

  @Test("Ends when it is cancelled, and says nothing then")
  func cancelled() throws {
    try makeHistory(400)
    let cancellation = Cancellation()
    #expect(try IntegrityCheck(of: folder.journal).run(until: cancellation))
    cancellation.cancel()
    #expect(try !IntegrityCheck(of: folder.journal).run(until: cancellation))
    // Damage that it would find.
    let whole = File.bytes(folder.journal)
    File.write(replacing(whole, at: whole.count / 4_096 / 2 * 4_096, with: [9, 9, 9, 9]), to: folder.journal)
    #expect(try look() != nil)
    #expect(try !IntegrityCheck(of: folder.journal).run(until: cancellation))
  }

  @Test("One that cannot be looked at is not called damaged")
  func missing() throws {
    #expect(throws: JournalError.self) { try look() }
    #expect(!File.exists(folder.journal))
  }

  @Test(
    "What was found while it is open is set aside with its log, and the new one is not touched by the old")
  func replaced() throws {
    try makeHistory(10)
    var journal: Journal? = try Journal(at: folder.journal)
    try journal?.commit(Sample.changes(.due, of: Sample.occurrence("b", 1)))
    let before = ["", "-wal"].map { File.bytes(folder.journal + $0) }
    journal?.forbidCheckpointOnClose()
    journal = nil
    let opening = try Journal.open(
      at: folder.journal, now: Sample.evening, settingAside: try failure())
    let aside = try #require(opening.displaced?.aside)
    #expect(["", "-wal"].map { File.bytes(aside + $0) } == before)
    #expect(try opening.journal.reader.history(limit: 9).isEmpty)
  }

  private func failure() throws -> SQLiteFailure {
    let other = TemporaryFolder()
    _ = try Journal(at: other.journal)
    File.write(Array("garbage".utf8), to: other.journal)
    let error = try #require(throws: JournalError.self) { try Journal(at: other.journal) }
    guard case .notAJournal(_, let cause) = error else { throw error }
    return cause
  }
}
