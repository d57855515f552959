package import CivilTime
import Files
import ICalendar
package import Rituals
import Schedules

/// Keeps the events of rituals in a folder as the configuration has them. It writes a file where the ritual
/// has changed since the file was written last, and leaves it alone where only other people changed it.
package struct Publisher {
  private let folder: String
  private let owner: String
  private let words: PublishedWords
  private let version: String
  private let now: Instant
  private let local: Zone

  /// - Parameters:
  ///   - owner: see `Owner`.
  ///   - version: the version of this program, for PRODID.
  ///   - local: the machine's zone.
  package init(
    folder: String, owner: String, words: PublishedWords, version: String, now: Instant, local: Zone
  ) {
    self.folder = folder
    self.owner = owner
    self.words = words
    self.version = version
    self.now = now
    self.local = local
  }

  /// The result of a publication.
  package struct Outcome: Sendable {
    /// The paths of files that were written, and of those that were removed.
    package var written: [String] = []
    package var removed: [String] = []
    package var failures: [CalendarFolder.Problem] = []
    /// Rituals that no rule of calendars describes: the dates of one year are published.
    package var onlyAYear: [RitualID] = []
    /// The UIDs of all events that are published now.
    package var uids: Set<String> = []
  }

  /// Writes the events of rituals.
  /// - Parameter isAvoided: says which files, by their names, are left alone.
  package func publish(_ rituals: [Ritual], avoiding isAvoided: (String) -> Bool = { _ in false }) -> Outcome
  {
    var outcome = Outcome()
    for ritual in rituals {
      let events = OutgoingEvent.events(of: ritual, owner: owner, words: words, now: now, local: local)
      if events.contains(where: \.isOnlyAYear) { outcome.onlyAYear.append(ritual.id) }
      for event in events {
        outcome.uids.insert(event.uid)
        let name = "\(event.uid).ics"
        guard !isAvoided(name) else { continue }
        let path = "\(folder)/\(name)"
        do {
          if try write(event, to: path) { outcome.written.append(path) }
        } catch {
          outcome.failures.append(.init(file: path, line: 0, text: "it cannot be written: \(error)"))
        }
      }
    }
    return outcome
  }

  /// Removes the events that this owner published and that the outcome does not have.
  package func withdraw(_ published: [CalendarFolder.Published], but outcome: inout Outcome) {
    for event in published where !outcome.uids.contains(event.uid) && isOwn(event) {
      do throws(FileError) {
        let contents = try VdirFile.contents(event.file)
        // Another program has written the file meanwhile: the next reading decides.
        guard contents.stamp == event.stamp,
          try AtomicFile.remove(event.file, ifStill: contents.bytes)
        else { continue }
        outcome.removed.append(event.file)
      } catch  where error.isMissing {
        // Another program has removed it.
      } catch {
        outcome.failures.append(.init(file: event.file, line: 0, text: "it cannot be removed: \(error)"))
      }
    }
  }

  /// True if this owner published an event.
  package func isOwn(_ event: CalendarFolder.Published) -> Bool {
    RitualID(event.ritual).map { OutgoingEvent.isUID(event.uid, of: $0, owner: owner) } ?? false
  }

  private func write(_ event: OutgoingEvent, to path: String) throws -> Bool {
    do {
      return try VdirFile.update(path) { bytes in
        var text = try CalendarText(parsing: bytes)
        return event.update(&text, now: now) ? text.bytes : nil
      }
    } catch let error as FileError where error.isMissing {
      let text = OutgoingEvent.calendar(
        [event.component(now: now)], zones: event.dates.zone.map { [$0] } ?? [],
        year: local.local(at: now).civil.date.year, version: version)
      try AtomicFile.create(path, text.bytes)
      return true
    }
  }
}
