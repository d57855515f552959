import CivilTime
import Control
import Desktop
import Dispatch
import Files
import ICalendar
import Logging
import Rituals
import Schedules
import Settings
import SystemZones
import Vdir

/// The calendars of the configuration: rituals come from their folders, published rituals go into them, and
/// answers go both ways. It reads and writes only files; another program synchronizes the folders with a
/// server.
final class Calendars {
  /// Called after a folder has changed.
  var onChange: () -> Void = {}
  /// Called with changes of the events' names, for the journal.
  var onNames: ([Change]) -> Void = { _ in }

  /// The last answer to each ritual since an instant, of answers that were given on this machine.
  var lastAnswers: (_ since: Instant) -> [RitualID: Instant] = { _ in [:] }

  private let log: Logger
  private let home: String
  /// The folder of the reading marks: a file for each calendar.
  private let marks: String
  private lazy var owner = Owner.key(home: home)
  private var sources: [CalendarSource] = []
  /// The year for which the definitions of time zones in calendar files are read.
  private var year = 0
  /// Reads folders once a minute that cannot be watched.
  private var pollTimer: (any DispatchSourceTimer)?
  /// Callers that wait until all work in the folders is done.
  private let idleWaiters = Waiters()
  /// The year and month of the last publication. Some schedules are published as the dates of a year ahead.
  private var publishedMonth = ""
  private var local = Zone.utc
  private var configuration: Configuration?
  /// True if a mistake in the configuration may hide a calendar, a ritual or a publication.
  private var isUncertain = false
  /// The names of events of calendars that are not configured now, by calendar.
  private var unusedNames: [String: EventNames]

  /// `home` is the user's home, `names` the names of events in the journal.
  init(home: String, marks: String, names: [CalendarEvent: EventName], log: Logger) {
    unusedNames = Dictionary(grouping: names) { $0.key.calendar }.mapValues { names in
      EventNames(
        of: names[0].key.calendar,
        known: Dictionary(uniqueKeysWithValues: names.map { ($0.key.key, $0.value) }))
    }
    self.home = home
    self.marks = marks
    self.log = log
  }

  /// Uses the calendars of a configuration, and begins to read their folders; `onChange` follows. `publish`
  /// is apart.
  func configure(_ loaded: Loaded, in local: Zone) {
    configuration = loaded.configuration
    isUncertain = !loaded.isComplete || !loaded.isCertain(of: "calendar")
    let calendars = loaded.configuration.calendars
    let before = sources
    dropCalendars(except: calendars)
    guard !calendars.isEmpty else {
      sources = []
      pollTimer?.cancel()
      pollTimer = nil
      return
    }
    year = local.local(at: SystemClock.now).civil.date.year
    try? Folders.make(marks)
    sources = calendars.map { calendar in
      let folder = CalendarFolder(
        of: calendar, home: home,
        marks: ReadingMarks(at: "\(marks)/\(calendar.name)", isHarmless: CalendarTrial.isHarmless))
      guard let source = before.first(where: { $0.calendar.name == calendar.name }) else {
        let names = unusedNames.removeValue(forKey: calendar.name) ?? EventNames(of: calendar.name)
        return newSource(calendar, folder, names)
      }
      let isSame = source.folder.path == folder.path
      if !isSame || source.calendar.categories != calendar.categories { source.names.forgetFormerContent() }
      guard isSame else { return newSource(calendar, folder, source.names) }
      source.calendar = calendar
      return source
    }
    for source in sources {
      makeRituals(source)
      read(source)
    }
    pollUnwatchedFolders()
  }

  private func newSource(
    _ calendar: SharedCalendar, _ folder: CalendarFolder, _ names: EventNames
  ) -> CalendarSource {
    let source = CalendarSource(calendar, folder, names: names, log: log)
    source.onWorkDone = { [weak self] in self?.callIdleWaiters() }
    return source
  }

  /// Drops calendars that are not in the configuration any more. Their names are kept for as long as those of
  /// events that vanish, and longer while a mistake in the configuration may hide them.
  private func dropCalendars(except calendars: [SharedCalendar]) {
    let stay = Set(calendars.map(\.name))
    var changes: [Change] = []
    for source in sources where !stay.contains(source.calendar.name) {
      _ = source.names.name([], now: SystemClock.now, isElsewhere: { _ in false }, changes: &changes)
      unusedNames[source.calendar.name] = source.names
    }
    if !isUncertain {
      for name in unusedNames.keys where !stay.contains(name) {
        _ = unusedNames[name]?.name([], now: SystemClock.now, isElsewhere: { _ in false }, changes: &changes)
        if unusedNames[name]?.all.isEmpty ?? true { unusedNames[name] = nil }
      }
    }
    if !changes.isEmpty { onNames(changes) }
  }

  /// The rituals that the events of all calendars are, and were.
  var names: [CalendarEvent: EventName] {
    (sources.map(\.names) + unusedNames.values).reduce(into: [:]) { all, names in
      all.merge(names.all) { first, _ in first }
    }
  }

  /// True if the content of a folder is not known, because it was not or cannot be read.
  var hasUnreadFolder: Bool { sources.contains(where: \.isUnread) }

  /// The reason why changes in a folder are not reported, a clause for people; nil if all are.
  var watchRefusal: String? { sources.lazy.compactMap { $0.watch?.refusal }.first }

  /// Rituals whose events are in their folders and are over: cancelled, or long past.
  var over: Set<RitualID> { Set(sources.flatMap(\.over)) }

  /// The rituals of all calendars, each with its file.
  var rituals: [(ritual: Ritual, file: String)] { sources.flatMap(\.rituals) }

  /// Problems in the folders, in the form of mistakes of the configuration.
  var problems: [Control.Problem] {
    sources.flatMap { source in
      source.notes.map { note in
        Control.Problem(
          file: note.file, line: note.line, column: 0, key: "calendar.\(source.calendar.name)",
          severity: .warning, text: note.sentence, what: note.text)
      }
    }
  }

  // MARK: Reading

  /// Begins to read a folder. A folder that is being read is read once more after that.
  private func read(_ source: CalendarSource) {
    guard !source.isReading else {
      source.mustReadAgain = true
      return
    }
    source.isReading = true
    let known = source.folder
    let year = year
    source.worker.perform {
      var folder = known
      let isChanged = folder.read(zones: CalendarZones(SystemZones(), year: year))
      return (folder, isChanged)
    } then: { [weak self, weak source] folder, isChanged in
      guard let self, let source else { return }
      source.isReading = false
      let wasUnread = source.isUnread
      source.folder = folder
      folderRead(source, isChanged: isChanged, wasUnread: wasUnread)
      callIdleWaiters()
    }
  }

  private func folderRead(_ source: CalendarSource, isChanged: Bool, wasUnread: Bool) {
    if source.folder.isRemote {
      source.watch = nil
      pollUnwatchedFolders()
    }
    // The folder has just answered, so setting up a watch does not block now.
    if watch(source) || source.mustReadAgain {
      source.mustReadAgain = false
      read(source)
    }
    if isChanged {
      makeRituals(source)
      let count = rituals.count
      log.info(
        "Calendars: \(sources.count), rituals \(count), problems \(problems.count)",
        metadata: ["event": "calendars", "rituals": "\(count)"])
      onChange()
    }
    if source.mustPublish { publish(source) }
    guard !source.isUnread else { return }
    if wasUnread { source.recallAnswers(lastAnswers(CalendarSource.oldestAnswer(at: SystemClock.now))) }
    source.writeAnswers()
  }

  private func makeRituals(_ source: CalendarSource) {
    guard let defaults = configuration?.defaults else { return }
    let changes = source.makeRituals(defaults: defaults, owner: owner, now: SystemClock.now) { key in
      sources.contains { $0 !== source && $0.names.knows(key) }
    }
    if !changes.isEmpty { onNames(changes) }
  }

  /// Watches a folder of this machine, unless it is watched already. Returns true if the watch is new:
  /// earlier changes need another reading then.
  private func watch(_ source: CalendarSource) -> Bool {
    guard source.watch == nil, !source.folder.isRemote else { return false }
    // vdirsyncer links files that it has written, so no close is seen. A file that is not whole after a
    // second is read as it is, and again when it is whole.
    let watch = FileWatch(
      files: [], folders: [.init(source.folder.path, suffix: ".ics")], maximumDelay: .seconds(1))
    watch.onChange = { [weak self, weak source] in
      if let self, let source { read(source) }
    }
    source.watch = watch
    return true
  }

  private func pollUnwatchedFolders() {
    guard pollTimer == nil else { return }
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + .seconds(60), repeating: .seconds(60), leeway: .seconds(5))
    timer.setEventHandler { [unowned self] in
      for source in sources where source.watch == nil { read(source) }
      if sources.allSatisfy({ $0.watch != nil }) {
        self.pollTimer?.cancel()
        self.pollTimer = nil
      }
    }
    timer.activate()
    pollTimer = timer
  }

  // MARK: Waiting

  /// Calls `body` once all work in the folders is done, perhaps at once; after `limit` in any case.
  func whenIdle(within limit: DispatchTimeInterval, _ body: @escaping () -> Void) {
    guard !isIdle else { return body() }
    idleWaiters.add(body, within: limit)
  }

  /// True if no work in the folders is under way.
  var isIdle: Bool { sources.allSatisfy(\.worker.isIdle) }

  private func callIdleWaiters() {
    if isIdle { idleWaiters.call() }
  }

  /// Waits for the work in the folders, at most two seconds: the process ends.
  func finish() {
    let deadline = DispatchTime.now() + .seconds(2)
    for source in sources { source.worker.wait(until: deadline) }
  }

  // MARK: Publishing

  /// Publishes the rituals that the configuration names. Nothing is withdrawn while a mistake in the
  /// configuration may hide a ritual.
  func publish(in local: Zone) {
    self.local = local
    publishedMonth = Self.month(SystemClock.now, local)
    for source in sources {
      source.mustPublish = true
      if !source.isReading { publish(source) }
    }
  }

  private func publish(_ source: CalendarSource) {
    guard let configuration, !source.isUnread else { return }
    let wanted = configuration.rituals.filter { $0.isEnabled && source.calendar.publish.contains($0.id) }
    source.publish(wanted, owner: owner, in: local, withdraws: !isUncertain)
  }

  private static func month(_ now: Instant, _ local: Zone) -> String {
    String(local.local(at: now).civil.formatted.prefix(7))
  }

  // MARK: Answers

  /// Takes notice of a recorded entry. An answer goes into the calendars; the first entry of a month
  /// publishes again.
  func recorded(_ entry: Entry, in local: Zone) {
    guard !sources.isEmpty else { return }
    switch entry.happening {
    case .done(by: .notification), .done(by: .command): acknowledge(entry)
    case .due: if publishedMonth != Self.month(entry.at, local) { publish(in: local) }
    default: break
    }
  }

  /// The time of the last answer to each ritual in the calendars.
  var answers: [RitualID: Instant] {
    sources.reduce(into: [:]) { all, source in all.merge(source.answers, uniquingKeysWith: max) }
  }

  /// Writes an answer into the ritual's event in each calendar that has it.
  private func acknowledge(_ entry: Entry) {
    for source in sources {
      for id in ids(of: entry.occurrence.ritual, in: source) {
        source.addAnswer(to: id, at: entry.acknowledged)
      }
      source.writeAnswers()
    }
  }

  /// The ids of a ritual's event in a calendar. The ritual may have the id of another calendar that the event
  /// has left.
  private func ids(of id: RitualID, in source: CalendarSource) -> [RitualID] {
    if source.homes[id] != nil { return [id] }
    let keys = (sources.map(\.names) + unusedNames.values).compactMap { $0.key(of: id) }
    return keys.compactMap { source.names.ritual(of: $0) }
  }
}

extension Entry {
  /// The time of an answer for other programs: not before the alarm that it answers.
  var acknowledged: Instant { max(at, occurrence.scheduled) }
}
