import CivilTime
import Journal
import Logging
import Rituals
import SystemZones

/// The past: what is durable and can be read, with the changes that wait in memory.
extension JournalWriter {
  /// Occurrences later than `instant` that must not become due again; without those in a journal that cannot
  /// be read.
  func shown(after instant: Instant) -> [Occurrence] {
    var recorded: [Occurrence] = []
    do {
      recorded = try read(or: []) { reader throws(JournalError) in try reader.shown(after: instant) }
    } catch {
      log.error("The journal cannot be read: \(error)")
    }
    return backlog.shown(after: instant, and: recorded)
  }

  /// The instant up to which each ritual is accounted for at `now`; nil if the journal cannot be read.
  func accounted(at now: Instant) -> [RitualID: Instant]? {
    guard reader != nil, !needsImport else { return nil }
    do {
      let recorded = try read(or: [:]) { reader throws(JournalError) in try reader.accounted(at: now) }
      return backlog.accounted(at: now, and: recorded)
    } catch {
      log.error("The journal cannot be read: \(error)")
      return nil
    }
  }

  /// The latest entries, oldest first.
  func history(since: Instant?, ritual: RitualID?, limit: Int) throws(JournalError) -> [Entry] {
    var page = Page<Entry>(limit: limit)
    try fill(&page, since: since, ritual: ritual)
    return page.elements
  }

  /// Fills a page with the latest entries.
  func fill(_ page: inout Page<Entry>, since: Instant?, ritual: RitualID?) throws(JournalError) {
    backlog.fill(&page, since: since, ritual: ritual, after: try newest().entry)
    guard !page.isFull else { return }
    let begun = page
    page = try read(or: begun) { reader throws(JournalError) in
      var page = begun
      try reader.fill(&page, since: since, ritual: ritual)
      return page
    }
  }

  /// The time of the last answer to each ritual since an instant, of answers that were given on this machine.
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

  /// The latest notes, oldest first; the beginning of each long note.
  func notes(since: Instant?, kind: Note.Kind?, limit: Int) throws(JournalError) -> [KeptNote] {
    var page = Page<KeptNote>(limit: limit)
    try fill(&page, since: since, kind: kind)
    return page.elements
  }

  /// Fills a page with the latest notes.
  func fill(_ page: inout Page<KeptNote>, since: Instant?, kind: Note.Kind?) throws(JournalError) {
    backlog.fill(&page, since: since, kind: kind, after: try newest().note)
    guard !page.isFull else { return }
    let begun = page
    page = try read(or: begun) { reader throws(JournalError) in
      var page = begun
      try reader.fill(&page, since: since, kind: kind)
      return page
    }
  }

  /// A part of a note's text from a byte on; nil if there is no such note.
  func text(ofNote id: Int64, from start: Int, upTo limit: Int) throws(JournalError) -> TextPart? {
    try read(or: nil) { reader throws(JournalError) in
      try reader.text(ofNote: id, from: start, upTo: limit)
    }
  }

  /// The time and kind of each note from an instant on.
  func noteTimes(since: Instant) throws(JournalError) -> [NoteTime] {
    let recorded = try read(or: []) { reader throws(JournalError) in
      try reader.noteTimes(since: since)
    }
    return recorded + backlog.noteTimes(since: since)
  }

  /// The highest numbers of the notes and entries in the journal; waiting ones get higher numbers.
  private func newest() throws(JournalError) -> (note: Int64, entry: Int64) {
    guard !backlog.isEmpty else { return (0, 0) }
    return try read(or: (0, 0)) { reader throws(JournalError) in try reader.newest() }
  }

  /// The number of times that each ritual was done on each day of a span. Days are those of `zone`.
  func done(since: Instant, before: Instant, in zone: Zone) throws(JournalError) -> [DailyCount] {
    let recorded = try read(or: []) { reader throws(JournalError) in
      try reader.done(since: since, before: before, in: zone)
    }
    return recorded + backlog.done(since: since, before: before, in: zone)
  }

  /// The last title of each ritual.
  func titles() throws(JournalError) -> [RitualID: String] {
    try read(or: [:]) { reader throws(JournalError) in try reader.titles() }
  }

  /// The amount that `forget` would erase. Throws while the journal cannot be written.
  func count(_ forgetting: Forgetting, in zone: Zone) throws(JournalError) -> Forgotten {
    try currentJournal().count(forgetting, in: zone)
  }

  /// Erases a part of the past for good. Throws while the journal cannot be written, and then erases nothing.
  func forget(_ forgetting: Forgetting, in zone: Zone) throws(JournalError) -> Forgotten {
    let journal = try currentJournal()
    // The write-ahead log cannot be emptied while the check reads the file.
    let wasChecking = check.isRunning
    check.cancel()
    defer { if wasChecking { startCheck() } }
    return try journal.forget(forgetting, in: zone, now: SystemClock.now)
  }

  /// Former files of the journal that were set aside.
  var setAsides: [String] { Journal.setAsides(of: path) }

  /// Reads what is durable; returns `nothing` while nothing can be read. After an error the whole file is
  /// checked: it may be damaged.
  private func read<Value>(
    or nothing: Value, _ body: (JournalReader) throws(JournalError) -> Value
  ) throws(JournalError) -> Value {
    guard let reader else { return nothing }
    do throws(JournalError) {
      return try body(reader)
    } catch {
      startCheck()
      throw error
    }
  }
}
