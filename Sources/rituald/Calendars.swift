import CivilTime
import Control
import Desktop
import Dispatch
import Glibc
import ICalendar
import Logging
import Rituals
import Schedules
import Settings
import SystemZones
import Vdir

/// The calendars of the configuration: rituals come out of their folders, published ones go into them, and answers go
/// both ways. It reads and writes files alone; how they travel is another program's work.
final class Calendars {
  /// What is in a folder has changed.
  var onChange: () -> Void = {}
  /// Somebody else answered an alarm of a ritual, at that time or before.
  var onAnswer: (RitualID, Instant) -> Void = { _, _ in }

  private let log: Logger
  private let zones: SystemZones
  private let home: String
  private lazy var owner = Owner.key(home: home)
  private var sources: [CalendarSource] = []
  private var named: CalendarZones?
  /// The year and month in which the dates of a year were published last.
  private var month = ""
  /// What is published now, and by what defaults others' rituals are made.
  private var configuration: Configuration?
  private var hasErrors = false

  /// `home` is what `~/` stands for.
  init(zones: SystemZones, home: String, log: Logger) {
    self.zones = zones
    self.home = home
    self.log = log
  }

  /// Takes up the calendars of a configuration, and reads their folders. Nothing is published before `publish`.
  func follow(_ loaded: Loaded, in local: Zone) {
    configuration = loaded.configuration
    hasErrors = loaded.hasErrors
    let before = sources
    guard !loaded.configuration.calendars.isEmpty else {
      sources = []
      return
    }
    let year = local.local(at: SystemClock.now).civil.date.year
    named = CalendarZones(zones, year: year)
    sources = loaded.configuration.calendars.map { calendar in
      let folder = CalendarFolder(of: calendar, home: home)
      let source = before.first { $0.calendar.name == calendar.name && $0.folder.path == folder.path }
      return source ?? CalendarSource(calendar, folder)
    }
    for (source, calendar) in zip(sources, loaded.configuration.calendars) {
      source.calendar = calendar
      watch(source)
    }
    read()
  }

  /// The rituals of all calendars, each with its file.
  var rituals: [(ritual: Ritual, file: String)] { sources.flatMap(\.rituals) }

  /// What is wrong in the folders, as mistakes of the configuration are told.
  var problems: [ProblemInfo] {
    sources.flatMap { source in
      source.notes.map { note in
        ProblemInfo(
          file: note.file, line: note.line, column: 0, key: "calendar.\(source.calendar.name)",
          severity: "warning", text: note.sentence, what: note.text)
      }
    }
  }

  private func watch(_ source: CalendarSource) {
    guard source.watch == nil else { return }
    do throws(SystemCallError) {
      // vdirsyncer links what it has written, and then nobody closes it: what is not whole after a second is read as it
      // is, and read again when it is whole.
      let watch = try FileWatch(
        files: [], folders: [.init(source.folder.path, suffix: ".ics")], patience: .seconds(1))
      watch.onChange = { [weak self] in
        guard let self else { return }
        if read() { onChange() }
      }
      source.watch = watch
    } catch {
      log.warning("A calendar's folder cannot be watched, changes need a reload: \(error)")
    }
  }

  /// Looks at all folders. Returns whether something is another way now.
  @discardableResult
  private func read() -> Bool {
    guard let named, let defaults = configuration?.defaults else { return false }
    var isChanged = false
    for source in sources {
      if source.folder.read(zones: named) { isChanged = true }
      source.settle(defaults: defaults, owner: owner, now: SystemClock.now)
    }
    let count = rituals.count
    log.info(
      "Calendars: \(sources.count), rituals \(count), problems \(problems.count)",
      metadata: ["event": "calendars", "rituals": "\(count)"])
    return isChanged
  }

  // MARK: Out

  /// Writes what is to be published. What a mistake in the configuration may have kept out is not taken back.
  func publish(in local: Zone) {
    guard let configuration else { return }
    let now = SystemClock.now
    month = Self.month(now, local)
    for source in sources where source.folder.failure == nil {
      let publisher = Publisher(
        folder: source.folder.path, owner: owner, words: source.calendar.words, version: ritualVersion,
        now: now,
        local: local)
      let wanted = configuration.rituals.filter { $0.isEnabled && source.calendar.publish.contains($0.id) }
      var outcome = publisher.publish(wanted)
      if !hasErrors { publisher.withdraw(source.folder.published, but: &outcome) }
      source.failures = outcome.failures
      source.failures += outcome.onlyAYear.map { id in
        .init(
          file: source.folder.path, line: 0,
          text: "no rule of calendars says the schedule of \(id); the dates of a year are published")
      }
      guard !outcome.written.isEmpty || !outcome.removed.isEmpty else { continue }
      log.info("Published: written \(outcome.written.count), removed \(outcome.removed.count)")
    }
  }

  private static func month(_ now: Instant, _ local: Zone) -> String {
    String(local.local(at: now).civil.formatted.prefix(7))
  }

  // MARK: Answers

  /// Hears of what happened here: an answer goes to the others, and one of theirs may have come before the reminder.
  func hear(_ entry: Entry, in local: Zone) {
    guard !sources.isEmpty else { return }
    let id = entry.occurrence.ritual
    switch entry.happening {
    case .done(by: .notification), .done(by: .command):
      let at = max(entry.at, entry.occurrence.scheduled)
      // What is on the screen goes first.
      DispatchQueue.main.async { [weak self] in self?.acknowledge(id, at: at) }
    case .due:
      if month != Self.month(entry.at, local) { publish(in: local) }
      if let at = answer(to: id) { onAnswer(id, at) }
    default: break
    }
  }

  /// When somebody last answered an alarm of a ritual. What a clock far ahead wrote is no answer.
  func answer(to id: RitualID) -> Instant? {
    let latest = SystemClock.now.advanced(byMicroseconds: 3_600_000_000)
    return sources.compactMap { $0.answers[id] }.filter { $0 <= latest }.max()
  }

  private func acknowledge(_ id: RitualID, at instant: Instant) {
    for source in sources {
      for (path, uid) in source.homes[id] ?? [] {
        do {
          _ = try VdirFile.update(path) { bytes in
            var text = try CalendarText(parsing: bytes)
            return text.acknowledge(uid, at: instant) ? text.bytes : nil
          }
        } catch {
          source.failures.append(.init(file: path, line: 0, text: "the answer cannot be written: \(error)"))
          log.warning("An answer cannot be written to a calendar: \(error)")
        }
      }
    }
  }
}

/// One calendar, and what its folder has.
final class CalendarSource {
  var calendar: SharedCalendar
  var folder: CalendarFolder
  var watch: FileWatch?
  private(set) var rituals: [(ritual: Ritual, file: String)] = []
  /// When somebody last answered each ritual: those that come from here, and those that were published here.
  private(set) var answers: [RitualID: Instant] = [:]
  /// Where a ritual's alarms are.
  private(set) var homes: [RitualID: [(path: String, uid: String)]] = [:]
  /// What went wrong on the way out.
  var failures: [CalendarFolder.Note] = []
  private var ids: [String: RitualID] = [:]

  init(_ calendar: SharedCalendar, _ folder: CalendarFolder) {
    self.calendar = calendar
    self.folder = folder
  }

  var notes: [CalendarFolder.Note] { folder.notes + failures }

  /// An event stays a ritual for so long after it came last: its reminder may still wait.
  private static let afterglow: Int64 = 31 * 86_400_000_000

  /// Makes rituals of what the folder has; what this owner published is no news.
  func settle(defaults: Defaults, owner: String, now: Instant) {
    let publisher = Publisher(
      folder: folder.path, owner: owner, words: .titles, version: "", now: now, local: .utc)
    let own = folder.published.filter { publisher.isOwn($0) }
    let ownUIDs = Set(own.map(\.uid))
    let recently = now.advanced(byMicroseconds: -Self.afterglow)
    let found = folder.rituals.filter { found in
      !ownUIDs.contains(found.ritual.uid) && found.ritual.belongs(to: calendar.categories)
        && found.ritual.schedule.next(after: recently, in: .utc) != nil
    }
    ids = CalendarRitual.ids(of: found.map(\.ritual), calendar: calendar.name, earlier: ids)
    rituals = []
    answers = [:]
    homes = [:]
    for event in own {
      guard let id = RitualID(event.ritual) else { continue }
      note(id, event.acknowledged, event.file, event.uid)
    }
    for (event, file) in found.map({ ($0.ritual, $0.file) }) {
      guard let id = ids[event.key] else { continue }
      rituals.append((event.ritual(id, of: calendar, defaults: defaults), file))
      note(id, event.acknowledged, file, event.uid)
    }
  }

  private func note(_ id: RitualID, _ answer: Instant?, _ path: String, _ uid: String) {
    homes[id, default: []].append((path, uid))
    if let answer { answers[id] = max(answers[id] ?? answer, answer) }
  }
}
