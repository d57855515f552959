import CivilTime
import Control
import Desktop
import Dispatch
import Files
import Glibc
import ICalendar
import Logging
import Rituals
import Schedules
import Settings
import SystemZones
import Vdir

/// The calendars of the configuration: rituals come out of their folders, published ones go into them, and
/// answers go both ways. It reads and writes files alone, each folder's on a thread of its own; how they
/// travel is another program's work.
final class Calendars {
  /// What is in a folder has changed.
  var onChange: () -> Void = {}
  /// Something is to be kept of the events.
  var onNames: ([Change]) -> Void = { _ in }

  /// Asked for the last answer of each ritual since an instant, as its event is to have it.
  var lastAnswers: (_ since: Instant) -> [RitualID: Instant] = { _ in [:] }

  private let log: Logger
  private let home: String
  /// The folder of the reading marks, a file for each calendar.
  private let marks: String
  private lazy var owner = Owner.key(home: home)
  private var sources: [CalendarSource] = []
  /// The year that the definitions of time zones are judged by.
  private var year = 0
  /// Looks once a minute at folders that nobody tells of.
  private var timer: (any DispatchSourceTimer)?
  /// Those who wait until all that is in hand is done.
  private let waiting = Waiters()
  /// The year and month in which the dates of a year were published last.
  private var month = ""
  private var local = Zone.utc
  /// What is published now, and by what defaults others' rituals are made.
  private var configuration: Configuration?
  /// Whether a mistake in the configuration may keep out a calendar, a ritual or what is published.
  private var isUncertain = false
  /// Which rituals the events of calendars were at the end of the last run, until those are taken up.
  private var known: [String: EventNames]

  /// `home` is what `~/` stands for, `names` what is known of events.
  init(home: String, marks: String, names: [CalendarEvent: EventName], log: Logger) {
    known = Dictionary(grouping: names) { $0.key.calendar }.mapValues { names in
      EventNames(
        of: names[0].key.calendar,
        known: Dictionary(uniqueKeysWithValues: names.map { ($0.key.key, $0.value) }))
    }
    self.home = home
    self.marks = marks
    self.log = log
  }

  /// Takes up the calendars of a configuration, and begins to read their folders; `onChange` tells of what is
  /// another way in them. Nothing is published before `publish`.
  func follow(_ loaded: Loaded, in local: Zone) {
    configuration = loaded.configuration
    isUncertain = !loaded.isComplete || !loaded.isCertain(of: "calendar")
    let calendars = loaded.configuration.calendars
    let before = sources
    leave(but: calendars)
    guard !calendars.isEmpty else {
      sources = []
      timer?.cancel()
      timer = nil
      return
    }
    year = local.local(at: SystemClock.now).civil.date.year
    try? Folders.make(marks)
    sources = calendars.map { calendar in
      let folder = CalendarFolder(
        of: calendar, home: home,
        marks: ReadingMarks(at: "\(marks)/\(calendar.name)", isHarmless: CalendarTrial.isHarmless))
      guard let source = before.first(where: { $0.calendar.name == calendar.name }) else {
        let names = known.removeValue(forKey: calendar.name) ?? EventNames(of: calendar.name)
        return source(calendar, folder, names)
      }
      let isSame = source.folder.path == folder.path
      if !isSame || source.calendar.categories != calendar.categories { source.names.forgetFormerContent() }
      guard isSame else { return self.source(calendar, folder, source.names) }
      source.calendar = calendar
      return source
    }
    for source in sources {
      settle(source)
      read(source)
    }
    lookEachMinute()
  }

  private func source(
    _ calendar: SharedCalendar, _ folder: CalendarFolder, _ names: EventNames
  ) -> CalendarSource {
    let source = CalendarSource(calendar, folder, names: names)
    source.retry.onTime = { [weak self, weak source] in
      if let self, let source, !source.isAway { writeAnswers(source) }
    }
    return source
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
        // A section may be away for a while, as an event may.
        _ = known[name]?.name([], now: SystemClock.now, isElsewhere: { _ in false }, changes: &changes)
        if known[name]?.all.isEmpty ?? true { known[name] = nil }
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
  var isAway: Bool { sources.contains(where: \.isAway) }

  /// The reason why changes in a folder are not told of, a clause for people; nil where all are.
  var watchRefusal: String? { sources.lazy.compactMap { $0.watch?.refusal }.first }

  /// Rituals whose events are in their folders and are none any more: cancelled, or long past.
  var over: Set<RitualID> { Set(sources.flatMap(\.over)) }

  /// The rituals of all calendars, each with its file.
  var rituals: [(ritual: Ritual, file: String)] { sources.flatMap(\.rituals) }

  /// What is wrong in the folders, as mistakes of the configuration are told.
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

  /// Begins to read a folder; while it is being read, notes that it is to be read once more.
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
      let wasAway = source.isAway
      source.folder = folder
      take(source, isChanged: isChanged, wasAway: wasAway)
      tellWaiting()
    }
  }

  /// Takes up what was read.
  private func take(_ source: CalendarSource, isChanged: Bool, wasAway: Bool) {
    if source.folder.isRemote {
      source.watch = nil
      lookEachMinute()
    }
    // A folder that has just answered can be watched without waiting for it.
    if watch(source) || source.mustReadAgain {
      source.mustReadAgain = false
      read(source)
    }
    if isChanged {
      settle(source)
      let count = rituals.count
      log.info(
        "Calendars: \(sources.count), rituals \(count), problems \(problems.count)",
        metadata: ["event": "calendars", "rituals": "\(count)"])
      onChange()
    }
    if source.mustPublish { publish(source) }
    guard !source.isAway else { return }
    if wasAway { recall(source) }
    writeAnswers(source)
  }

  /// Makes rituals of what was read of a folder.
  private func settle(_ source: CalendarSource) {
    guard let defaults = configuration?.defaults else { return }
    let changes = source.settle(defaults: defaults, owner: owner, now: SystemClock.now) { key in
      sources.contains { $0 !== source && $0.names.knows(key) }
    }
    if !changes.isEmpty { onNames(changes) }
  }

  /// Watches a folder of this machine, unless it is watched already. Returns whether it is from now on: what
  /// changed before it was has to be looked for.
  private func watch(_ source: CalendarSource) -> Bool {
    guard source.watch == nil, !source.folder.isRemote else { return false }
    // vdirsyncer links what it has written, and then nobody closes it: what is not whole after a second is
    // read as it is, and read again when it is whole.
    let watch = FileWatch(
      files: [], folders: [.init(source.folder.path, suffix: ".ics")], maximumDelay: .seconds(1))
    watch.onChange = { [weak self, weak source] in
      if let self, let source { read(source) }
    }
    source.watch = watch
    return true
  }

  private func lookEachMinute() {
    guard timer == nil else { return }
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + .seconds(60), repeating: .seconds(60), leeway: .seconds(5))
    timer.setEventHandler { [unowned self] in
      for source in sources where source.watch == nil { read(source) }
      if sources.allSatisfy({ $0.watch != nil }) {
        self.timer?.cancel()
        self.timer = nil
      }
    }
    timer.activate()
    self.timer = timer
  }

  // MARK: Waiting

  /// Calls `body` once nothing is in hand in the folders, at once where that is so; after a while also where
  /// a folder does not answer.
  func whenIdle(within limit: DispatchTimeInterval, _ body: @escaping () -> Void) {
    guard !isIdle else { return body() }
    waiting.add(body, within: limit)
  }

  private var isIdle: Bool { sources.allSatisfy(\.worker.isIdle) }

  private func tellWaiting() {
    if isIdle { waiting.call() }
  }

  /// Waits for what is being written, but no longer than a moment. For the end of the process.
  func finish() {
    let deadline = DispatchTime.now() + .seconds(2)
    for source in sources { source.worker.wait(until: deadline) }
  }

  // MARK: Out

  /// Writes what is to be published. What a mistake in the configuration may have kept out is not taken back.
  func publish(in local: Zone) {
    self.local = local
    month = Self.month(SystemClock.now, local)
    for source in sources {
      source.mustPublish = true
      if !source.isReading { publish(source) }
    }
  }

  private func publish(_ source: CalendarSource) {
    guard let configuration, !source.isAway else { return }
    source.mustPublish = false
    let wanted = configuration.rituals.filter { $0.isEnabled && source.calendar.publish.contains($0.id) }
    let folder = source.folder
    guard !wanted.isEmpty || !folder.published.isEmpty || !source.failures.isEmpty else { return }
    let publisher = Publisher(
      folder: folder.path, owner: owner, words: source.calendar.words, version: ritualVersion,
      now: SystemClock.now, local: local)
    let isUncertain = isUncertain
    source.worker.perform {
      var outcome = publisher.publish(wanted, avoiding: folder.isSetAside)
      if !isUncertain { publisher.withdraw(folder.published, but: &outcome) }
      return outcome
    } then: { [weak self, weak source] outcome in
      guard let self, let source else { return }
      source.failures = outcome.failures
      source.failures += outcome.onlyAYear.map { id in
        .init(
          file: source.folder.path, line: 0,
          text: "no rule of calendars says the schedule of \(id); the dates of a year are published")
      }
      if !outcome.written.isEmpty || !outcome.removed.isEmpty {
        log.info("Published: written \(outcome.written.count), removed \(outcome.removed.count)")
      }
      tellWaiting()
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
      acknowledge(id, at: entry.acknowledged)
    case .due:
      if month != Self.month(entry.at, local) { publish(in: local) }
    default: break
    }
  }

  /// When somebody last answered an alarm of each ritual.
  var answers: [RitualID: Instant] {
    sources.reduce(into: [:]) { all, source in all.merge(source.answers, uniquingKeysWith: max) }
  }

  /// Writes an answer into the event of a ritual, in each folder that has it; later, where a folder is away.
  private func acknowledge(_ id: RitualID, at instant: Instant) {
    for source in sources {
      for id in ids(of: id, in: source) where !(source.homes[id] ?? []).isEmpty {
        source.unwritten[id] = max(source.unwritten[id] ?? instant, instant)
      }
      if !source.isAway { writeAnswers(source) }
    }
  }

  /// The rituals that an event is in a calendar: a ritual may be one of another calendar that its event has
  /// left.
  private func ids(of id: RitualID, in source: CalendarSource) -> [RitualID] {
    if source.homes[id] != nil { return [id] }
    let keys = (sources.map(\.names) + known.values).compactMap { $0.key(of: id) }
    return keys.compactMap { source.names.ritual(of: $0) }
  }

  /// Writes the answers that a folder does not have yet.
  private func writeAnswers(_ source: CalendarSource) {
    let answers = source.unwritten
    source.unwritten = [:]
    for (id, instant) in answers {
      for home in source.homes[id] ?? [] { write(instant, of: id, to: home, of: source) }
    }
  }

  private func write(
    _ answer: Instant, of id: RitualID, to home: (path: String, uid: String), of source: CalendarSource
  ) {
    let (path, uid) = home
    source.worker.perform {
      do {
        _ = try VdirFile.update(path) { bytes in
          var text = try CalendarText(parsing: bytes)
          return text.acknowledge(uid, at: answer) ? text.bytes : nil
        }
        return nil as (any Error)?
      } catch {
        return error
      }
    } then: { [weak self, weak source] failure in
      guard let self, let source else { return }
      if let failure {
        source.unwritten[id] = max(source.unwritten[id] ?? answer, answer)
        log.failure(.warning, "An answer cannot be written to a calendar yet", failure)
      }
      source.setFailure(failure.map { "\($0)" }, of: path)
      tellWaiting()
    }
  }

  /// Answers of an earlier run, or of while the folder was away, that its files do not have.
  private func recall(_ source: CalendarSource) {
    let latest = lastAnswers(SystemClock.now.advanced(byMicroseconds: -Self.memory))
    for (id, answer) in latest where source.homes[id] != nil {
      let known = source.answers[id]
      if known.map({ $0 < answer.wholeSecond }) ?? true { source.unwritten[id] = answer }
    }
  }

  /// An answer is of use to others for so long.
  private static let memory: Int64 = 7 * 86_400_000_000
}

extension Entry {
  /// When an answer counts as given for other programs: not before the alarm that it answers.
  var acknowledged: Instant { max(at, occurrence.scheduled) }
}
