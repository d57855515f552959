import CivilTime
import Journal
import Rituals
import SimulationRig
import Testing

@Suite("Changes that wait for the disk")
struct BacklogTests {
  private static func change(_ round: Int, _ generator: inout SeededGenerator) -> Change {
    let ritual = Sample.ritual(["a", "b"].randomElement(using: &generator) ?? "a")
    let instant = Sample.minute(Int64(round))
    let subject = [Order.Subject.pause(ritual), .discretion].randomElement(using: &generator) ?? .discretion
    switch Int.random(in: 0..<7, using: &generator) {
    case 0: return .track(ritual, Tracking(fingerprint: "\(round)", since: instant))
    case 1: return .untrack(ritual)
    case 2: return .order(Order(subject, since: instant))
    case 3: return .revoke(subject)
    case 4:
      let name = EventName(ritual, gone: Bool.random(using: &generator) ? instant : nil)
      return .named(
        CalendarEvent(calendar: "us", key: "\(round % 2)"), Bool.random(using: &generator) ? name : nil)
    default:
      let happening = [
        Happening.due, .shown(Sample.notification), .missed(.absent, count: 1), .held(.locked),
      ]
      .randomElement(using: &generator)
      // An occurrence each: no end comes before anything.
      return .entry(
        Entry(
          Occurrence(ritual: ritual, scheduled: instant), title: "\(round)", at: instant, happening ?? .due))
    }
  }

  @Test(
    "Written at once, they leave what they would have left one by one",
    arguments: 1...20 as ClosedRange<UInt64>)
  func equivalent(seed: UInt64) throws {
    let folder = TemporaryFolder()
    var generator = SeededGenerator(seed: seed)
    let one = try Journal(at: folder.path + "/one/journal.sqlite")
    let all = try Journal(at: folder.path + "/all/journal.sqlite")
    var backlog = Backlog()
    for round in 0..<60 {
      if Int.random(in: 0..<15, using: &generator) == 0 {
        try all.commit(backlog.changes)
        backlog = Backlog()
      }
      let change = Self.change(round, &generator)
      try one.commit([change])
      backlog.add([change])
      // What waits is seen already.
      let limit = Int.random(in: 0...30, using: &generator)
      let ritual = Bool.random(using: &generator) ? Sample.ritual("a") : nil
      let since = Bool.random(using: &generator) ? Sample.minute(Int64(round / 2)) : nil
      let bytes = Bool.random(using: &generator) ? Int.max : 2000
      #expect(
        try told(backlog, all, since, ritual, limit, bytes)
          == (try one.reader.history(since: since, ritual: ritual, limit: limit)), "seed \(seed)")
      let instant = Sample.minute(.random(in: 0...60, using: &generator))
      #expect(
        backlog.shown(after: instant, and: try all.reader.shown(after: instant))
          == (try one.reader.shown(after: instant)),
        "seed \(seed)")
    }
    try all.commit(backlog.changes)
    let end = Sample.minute(100)
    #expect(
      try all.reader.snapshot(at: end).unseeded == (try one.reader.snapshot(at: end)).unseeded, "seed \(seed)"
    )
    #expect(try all.reader.history(limit: 100) == (try one.reader.history(limit: 100)), "seed \(seed)")
  }

  /// The last entries of a journal and a backlog, page by page, oldest first.
  private func told(
    _ backlog: Backlog, _ journal: Journal, _ since: Instant?, _ ritual: RitualID?, _ limit: Int,
    _ bytes: Int
  ) throws -> [Entry] {
    var entries: [Entry] = []
    var before: Int64?
    repeat {
      var page = Page<Entry>(limit: limit - entries.count, bytes: bytes, before: before)
      backlog.fill(&page, since: since, ritual: ritual, after: try journal.reader.newest().entry)
      if !page.isFull { try journal.reader.fill(&page, since: since, ritual: ritual) }
      entries = page.elements + entries
      before = page.next
    } while before != nil
    return entries
  }

  @Test("Of a standing state it keeps the latest, of what happened all")
  func coalesces() {
    var backlog = Backlog()
    #expect(backlog.isEmpty)
    let occurrence = Sample.occurrence()
    for minute in 0..<50 as Range<Int64> {
      backlog.add([
        .track(Sample.ritual("a"), Tracking(fingerprint: "", since: Sample.minute(minute))),
        .order(Order(.discretion, since: Sample.minute(minute))), .entry(Sample.entry(.due, of: occurrence)),
      ])
    }
    #expect(backlog.count == 52)
    #expect(backlog.changes.count == 52)
    backlog.add([.revoke(.discretion), .untrack(Sample.ritual("a"))])
    #expect(backlog.changes.suffix(2) == [.untrack(Sample.ritual("a")), .revoke(.discretion)])
  }

  @Test(
    "To a journal that memory does not come from goes what happened and what the user wanted, and nothing else"
  )
  func forAnother() {
    let kept: [Change] = [
      .entry(Sample.entry(.due)), .order(Order(.discretion, since: Sample.minute(0))),
      .revoke(.pause(nil)), .note(Note(.warm, "words", at: Sample.minute(0))), .timeout(nil),
    ]
    var backlog = Backlog()
    backlog.add(
      kept + [
        .track(Sample.ritual("a"), Tracking(fingerprint: "", since: Sample.minute(0))),
        .untrack(Sample.ritual("b")), .drew(Draw(deck: Sample.name("d"), prompt: Sample.name("p"), round: 1)),
        .named(CalendarEvent(calendar: "us", key: "a"), nil),
      ])
    #expect(Set(backlog.changesForOtherJournal(at: Sample.minute(0))) == Set(kept))
  }
}
