import CivilTime
import Journal
import Logging
import Rituals

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
    let recorded = try read(or: []) { past throws(JournalError) in
      try past.history(since: since, ritual: ritual, limit: limit)
    }
    return backlog.history(after: recorded, since: since, ritual: ritual, limit: limit)
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

  /// The latest notes, oldest first.
  func notes(since: Instant?, kind: Note.Kind?, limit: Int) throws(JournalError) -> [KeptNote] {
    let recorded = try read(or: []) { past throws(JournalError) in
      try past.notes(since: since, kind: kind, limit: limit)
    }
    return backlog.notes(after: recorded, since: since, kind: kind, limit: limit)
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
