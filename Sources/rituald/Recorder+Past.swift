import CivilTime
import Journal
import Logging
import Rituals
import SystemZones

/// What happened, as far as it can be read, with what is in memory alone.
extension Recorder {
  /// Occurrences later than `instant` that were shown.
  func shown(after instant: Instant) -> [Occurrence] {
    var recorded: [Occurrence] = []
    do {
      recorded = try read(or: []) { past throws(JournalError) in try past.shown(after: instant) }
    } catch {
      log.error("The journal cannot be read: \(error)")
    }
    return backlog.shown(after: instant, and: recorded)
  }

  /// Up to when each ritual is accounted for at `now`; nil where the journal cannot say.
  func accounted(at now: Instant) -> [RitualID: Instant]? {
    guard readable != nil, !mustAdopt else { return nil }
    do {
      let recorded = try read(or: [:]) { past throws(JournalError) in try past.accounted(at: now) }
      return backlog.accounted(at: now, and: recorded)
    } catch {
      log.error("The journal cannot be read: \(error)")
      return nil
    }
  }

  /// The latest entries, oldest first.
  func history(since: Instant?, ritual: RitualID?, limit: Int) throws(JournalError) -> [Entry] {
    var page = Page<Entry>(limit: limit)
    try add(to: &page, since: since, ritual: ritual)
    return page.elements
  }

  /// Adds the latest entries that a page has room for.
  func add(to page: inout Page<Entry>, since: Instant?, ritual: RitualID?) throws(JournalError) {
    backlog.add(to: &page, since: since, ritual: ritual, after: try newest().entry)
    guard !page.isFull else { return }
    let begun = page
    page = try read(or: begun) { past throws(JournalError) in
      var page = begun
      try past.add(to: &page, since: since, ritual: ritual)
      return page
    }
  }

  /// The last answer of each ritual since an instant that was given here, as its event is to have it.
  func lastDone(since: Instant) -> [RitualID: Instant] {
    let entries = (try? history(since: since, ritual: nil, limit: .max)) ?? []
    return entries.reduce(into: [:]) { last, entry in
      switch entry.happening {
      case .done(by: .notification), .done(by: .command):
        last[entry.occurrence.ritual] = max(
          last[entry.occurrence.ritual] ?? entry.acknowledged, entry.acknowledged)
      default: break
      }
    }
  }

  /// The latest notes, oldest first; of long ones, the beginnings.
  func notes(since: Instant?, kind: Note.Kind?, limit: Int) throws(JournalError) -> [KeptNote] {
    var page = Page<KeptNote>(limit: limit)
    try add(to: &page, since: since, kind: kind)
    return page.elements
  }

  /// Adds the latest notes that a page has room for.
  func add(to page: inout Page<KeptNote>, since: Instant?, kind: Note.Kind?) throws(JournalError) {
    backlog.add(to: &page, since: since, kind: kind, after: try newest().note)
    guard !page.isFull else { return }
    let begun = page
    page = try read(or: begun) { past throws(JournalError) in
      var page = begun
      try past.add(to: &page, since: since, kind: kind)
      return page
    }
  }

  /// A piece of a note's text from a byte on; nil where there is no such note.
  func text(ofNote id: Int64, from start: Int, upTo limit: Int) throws(JournalError) -> NotePiece? {
    try read(or: nil) { past throws(JournalError) in
      try past.text(ofNote: id, from: start, upTo: limit)
    }
  }

  /// When something was written from an instant on, and of what kind.
  func noteTimes(since: Instant) throws(JournalError) -> [NoteTime] {
    let recorded = try read(or: []) { past throws(JournalError) in try past.noteTimes(since: since) }
    return recorded + backlog.noteTimes(since: since)
  }

  /// The numbers of the newest note and entry in the journal; what waits has higher ones.
  private func newest() throws(JournalError) -> (note: Int64, entry: Int64) {
    guard !backlog.isEmpty else { return (0, 0) }
    return try read(or: (0, 0)) { past throws(JournalError) in try past.newest() }
  }

  /// How often each ritual was done on each day of a span. Days are those of `zone`.
  func done(since: Instant, before: Instant, in zone: Zone) throws(JournalError) -> [DailyCount] {
    let recorded = try read(or: []) { past throws(JournalError) in
      try past.done(since: since, before: before, in: zone)
    }
    return recorded + backlog.done(since: since, before: before, in: zone)
  }

  /// What each ritual was called last.
  func titles() throws(JournalError) -> [RitualID: String] {
    try read(or: [:]) { past throws(JournalError) in try past.titles() }
  }

  /// How much there is to forget. Throws while the journal cannot be written.
  func count(_ forgetting: Forgetting, in zone: Zone) throws(JournalError) -> Forgotten {
    try written().count(forgetting, in: zone)
  }

  /// Erases a part of the past for good. Throws while the journal cannot be written: nothing is erased then.
  func forget(_ forgetting: Forgetting, in zone: Zone) throws(JournalError) -> Forgotten {
    let journal = try written()
    // It reads the file beside us, and the write-ahead log cannot be emptied meanwhile.
    let wasLooking = check.isRunning
    check.cancel()
    defer { if wasLooking { look() } }
    return try journal.forget(forgetting, in: zone, now: SystemClock.now)
  }

  /// Files of the journal that were set aside.
  var setAsides: [String] { Journal.setAsides(of: path) }

  /// Reads what is durable. Whether an error is damage is for the look at the whole file to say.
  private func read<Value>(
    or nothing: Value, _ body: (any ReadableJournal) throws(JournalError) -> Value
  ) throws(JournalError) -> Value {
    guard let readable else { return nothing }
    do throws(JournalError) {
      return try body(readable)
    } catch {
      look()
      throw error
    }
  }
}
