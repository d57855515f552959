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
  /// Something is to be kept of the events.
  var onNames: ([Change]) -> Void = { _ in }

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
  /// Whether a mistake in the configuration may keep out a calendar, a ritual or what is published.
  private var isUncertain = false
  /// Which rituals the events of calendars were at the end of the last run, until those are taken up.
  private var known: [String: EventNames]

  /// `home` is what `~/` stands for, `names` what is known of events.
  init(zones: SystemZones, home: String, names: [CalendarEvent: EventName], log: Logger) {
    known = Dictionary(grouping: names) { $0.key.calendar }.mapValues { names in
      EventNames(
        of: names[0].key.calendar,
        known: Dictionary(uniqueKeysWithValues: names.map { ($0.key.key, $0.value) }))
    }
    self.zones = zones
    self.home = home
    self.log = log
  }

  /// Takes up the calendars of a configuration, and reads their folders. Nothing is published before `publish`.
  func follow(_ loaded: Loaded, in local: Zone) {
    configuration = loaded.configuration
    isUncertain = !loaded.isComplete || !loaded.isCertain(of: "calendar")
    let calendars = loaded.configuration.calendars
    let before = sources
    leave(but: calendars)
    guard !calendars.isEmpty else {
      sources = []
      return
    }
    let year = local.local(at: SystemClock.now).civil.date.year
    named = CalendarZones(zones, year: year)
    sources = calendars.map { calendar in
      let folder = CalendarFolder(of: calendar, home: home)
      guard let source = before.first(where: { $0.calendar.name == calendar.name }) else {
        let names = known.removeValue(forKey: calendar.name) ?? EventNames(of: calendar.name)
        return CalendarSource(calendar, folder, names: names)
      }
      let isSame = source.folder.path == folder.path
      if !isSame || source.calendar.categories != calendar.categories { source.names.beginAnew() }
      guard isSame else { return CalendarSource(calendar, folder, names: source.names) }
      source.calendar = calendar
      return source
    }
    for source in sources { watch(source) }
    read()
  }

  /// Takes leave of calendars that are in the configuration no more; what is known of them is kept while it may be a
  /// mistake that keeps them out.
  private func leave(but calendars: [SharedCalendar]) {
    let stay = Set(calendars.map(\.name))
    var changes: [Change] = []
    for source in sources where !stay.contains(source.calendar.name) {
      _ = source.names.name([], now: SystemClock.now, isElsewhere: { _ in false }, changes: &changes)
      known[source.calendar.name] = source.names
    }
    if !isUncertain {
      for name in known.keys where !stay.contains(name) {
        known[name]?.forget(&changes)
        known[name] = nil
      }
    }
    if !changes.isEmpty { onNames(changes) }
  }

  /// Which rituals the events of all calendars are, and were.
  var names: [CalendarEvent: EventName] {
    (sources.map(\.names) + known.values).reduce(into: [:]) { all, names in
      all.merge(names.all) { first, _ in first }
    }
  }

  /// Whether a folder cannot be read, so that nobody knows what is in it.
  var isAway: Bool { sources.contains { $0.folder.failure != nil } }

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
      let changes = source.settle(defaults: defaults, owner: owner, now: SystemClock.now) { key in
        sources.contains { $0 !== source && $0.names.knows(key) }
      }
      if !changes.isEmpty { onNames(changes) }
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
      if !isUncertain { publisher.withdraw(source.folder.published, but: &outcome) }
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

  /// Hears of what happened here: an answer goes to the others.
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
    default: break
    }
  }

  /// When somebody last answered an alarm of each ritual.
  var answers: [RitualID: Instant] {
    sources.reduce(into: [:]) { all, source in all.merge(source.answers, uniquingKeysWith: max) }
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
