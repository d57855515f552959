import CivilTime
import Control
import Desktop
import Dispatch
import Engine
import Glibc
import Logging
import Phrases
import Rituals
import Schedules
import Settings
import SystemZones

/// The composition root: builds the rooms, turns what happens into events for the engine, and the engine's
/// effects into calls. It decides nothing itself.
final class Daemon {
  let log: Logger
  let paths: Paths
  /// The decks and guides that rituals refer to.
  let content: ContentReader
  let journal: JournalWriter
  let notifications: Notifications
  let session: SessionState
  let calendars: Calendars
  let local: LocalZone
  let started = SystemClock.now
  private(set) var engine: Engine
  /// The configuration in force and its mistakes, with the rituals of the calendars.
  private(set) var loaded: Loaded
  /// The same without the rituals of the calendars.
  private var filesLoaded: Loaded
  /// Called after each event that `ritualctl watch` reports; with an entry once it is durable.
  var onWatchedEvent: (WatchedEvent) -> Void = { _ in }

  /// The reason why a new program in place of this one does not go on; see `Renewal.failure`.
  var renewalFailure: () -> String? = { nil }

  /// Counts the events that the engine was given. A reply that was made of the engine's state is valid for
  /// one revision.
  private(set) var revision = 0
  private var lastEvent = ContinuousClock.now

  private let guides: GuideWindow
  private let timer = DeadlineTimer()
  private let clock: ClockWatch
  private let report: ServiceReport
  private var signals: Signals?
  private let files: WatchedFiles
  private var hasAnnouncedMistakes = false
  /// Events that came while the engine's effects were carried out.
  private var pendingEvents: [Event] = []
  private var isHandling = false
  private var reportedStatus = ""
  /// The ritual that a command has just removed from its file.
  private var removed: RitualID?

  /// An event for `ritualctl watch`.
  enum WatchedEvent {
    case entry(Entry)
    case configured(Loaded)
    case server(ServerInformation?)
    /// An order was given or ended.
    case ordered
  }

  init(paths: Paths, journal: JournalWriter, log: Logger) throws {
    self.log = log
    self.paths = paths
    self.journal = journal
    report = ServiceReport(log)
    content = ContentReader(
      Library(environment: { getenv($0).map { String(cString: $0) } }, executable: Library.executable),
      log: log)
    notifications = Notifications(log: log, home: paths.home)
    guides = GuideWindow(log: log)
    session = SessionState(log: log)
    clock = try ClockWatch()
    // Watched before they are read, so that no change is missed.
    files = WatchedFiles(paths, content)
    local = LocalZone(log)
    let start = journal.start
    engine = Engine(
      zone: local.read(or: .utc), snapshot: start.snapshot, alreadyHandled: start.alreadyHandled)
    calendars = Calendars(home: paths.home, marks: paths.calendars, names: start.snapshot.names, log: log)
    filesLoaded = Settings.load(
      folder: paths.configuration, zones: local.zones, content: content.library.names)
    loaded = filesLoaded
  }

  /// Connects the rooms and begins to work.
  func start(_ signals: Signals) {
    connectClock()
    connectJournal()
    connectDesktop()
    connectFiles(signals)
    readCalendars()
    applyConfiguration()
    notifications.connect()
    session.start()
  }

  private func connectClock() {
    timer.onTime = { [unowned self] in apply(.timePassed) }
    clock.onClockSet = { [unowned self] in
      log.notice("The clock was set", metadata: ["event": "clock-set"])
      timer.clockWasSet()
      let now = SystemClock.now
      apply(.clockSet(alreadyHandled: journal.shown(after: now), accounted: journal.accounted(at: now)))
    }
    // The daemon is of no use without the watch, and a restart may bring it back.
    clock.onFailure = { [unowned self] error in
      log.failure(.critical, "The clock cannot be watched", error)
      end(EX_OSERR)
    }
  }

  private func connectJournal() {
    journal.onStateChange = { [unowned self] in updateTimerAndStatus() }
    journal.onOtherJournal = { [unowned self] in
      // The call during which this was found is answered first.
      DispatchQueue.main.async { [unowned self] in restart() }
    }
    journal.stateInMemory = { [unowned self] in
      var snapshot = engine.standing
      snapshot.names = calendars.names
      return (snapshot, engine.alreadyHandled)
    }
    journal.retention = { [unowned self] in
      // A mistake may have replaced "always", or its file may be unreadable now: compaction cannot be undone.
      guard loaded.isCertain(of: "journal"), engine.unread.isEmpty else { return nil }
      return loaded.configuration.keep.map { ($0.microseconds, engine.zone) }
    }
  }

  private func connectDesktop() {
    notifications.onEvent = { [unowned self] event in notificationEvent(event) }
    notifications.zone = { [unowned self] in engine.zone }
    notifications.isOurs = { [unowned self] notification in engine.knows(notification) }
    notifications.awaitsReply = { [unowned self] notification in engine.awaitsReply(notification) }
    notifications.prompt = { [unowned self] prompt in content.text(of: prompt) }
    notifications.onBus = { [unowned self] bus in
      if let bus { session.sessionBusConnected(bus) } else { session.sessionBusLost() }
    }
    notifications.onServer = { [unowned self] server in
      session.serverChanged(server)
      onWatchedEvent(.server(server))
    }
    session.onChange = { [unowned self] circumstances in apply(.circumstances(circumstances)) }
    guides.onTerminal = { [unowned self] hasTerminal in apply(.guidesOpen(hasTerminal)) }
  }

  private func connectFiles(_ signals: Signals) {
    signals.onStop = { [unowned self] in stop() }
    signals.onReload = { [unowned self] in reload() }
    signals.start()
    self.signals = signals
    files.onChange = { [unowned self] in reload() }
    calendars.lastAnswers = { [unowned self] since in journal.lastDone(since: since) }
    calendars.onNames = { [unowned self] changes in journal.record(changes) }
    calendars.onChange = { [unowned self] in
      mergeCalendars()
      submitConfiguration()
    }
  }

  /// The time that a start or a reload waits for the folders of calendars. The rituals of a slower folder
  /// come later.
  private static let calendarPatience = DispatchTimeInterval.seconds(2)

  /// Reports that the start is complete, once the calendars are read.
  func reportReady() {
    calendars.whenIdle(within: Self.calendarPatience) { [unowned self] in
      log.info("Ready, process \(getpid())", metadata: ["event": "ready", "version": "\(ritualVersion)"])
      if let watchFailure { log.warning("\(watchFailure)") }
      report.ready(statusLine)
      journal.startCheck()
    }
  }

  /// Reads the configuration and the machine's zone again, and calls `body` once the calendars are read, too.
  /// Rituals that a mistake keeps out stay as they were. `removed` is a ritual that a command took out of its
  /// file.
  func reload(removed: RitualID? = nil, then body: @escaping () -> Void = {}) {
    self.removed = removed
    report.reloading()
    filesLoaded = Settings.load(
      folder: paths.configuration, zones: local.zones, content: content.library.names,
      after: filesLoaded.configuration)
    apply(.zoneChanged(local.read(or: engine.zone)))
    readCalendars()
    applyConfiguration()
    calendars.whenIdle(within: Self.calendarPatience) { [unowned self] in
      report.ready(statusLine)
      body()
    }
  }

  /// Ends the process. Notifications stay on the screen, and the next start takes them over.
  func stop() -> Never {
    report.stopping()
    end(EXIT_SUCCESS)
  }

  /// Runs the program again in this process, with its socket and as the same service: the journal that is in
  /// place now is not the one that this memory comes from.
  private func restart() -> Never {
    log.notice(
      "Another journal lies in the place: starting anew from it", metadata: ["event": "journal-other"])
    letGo()
    Restart.now(log: log)
  }

  /// True at a moment at which another program can go on in this process and the user sees nothing of it:
  /// nothing is due soon or under way, and everything is durable.
  var isQuiet: Bool {
    guard !isHandling, lastEvent.duration(to: .now) >= Self.calm, journal.state == .current,
      notifications.isQuiet, guides.isQuiet, calendars.isIdle
    else { return false }
    let soon = SystemClock.now.advanced(byMicroseconds: Self.leadTime)
    return engine.nextDeadline.map { $0 > soon } ?? true
  }

  /// The time since the last event at a quiet moment: what an event began may not be over yet.
  private static let calm = Duration.seconds(5)
  /// The time until the next deadline at a quiet moment, in microseconds: many times that of a start.
  private static let leadTime: Int64 = 30_000_000

  /// Ends all work of this process that another program is to go on with. Notifications stay on the screen,
  /// and the next start takes them over.
  func letGo() {
    calendars.finish()
    journal.stop()
    notifications.disconnect()
    session.stop()
  }

  /// Ends the process, after a last try to write what is not durable. Every end after the start goes through
  /// here.
  private func end(_ status: Int32) -> Never {
    letGo()
    // Not exit(3): its handlers would destroy what Dispatch's other threads still use.
    _exit(status)
  }

  /// The id of a ritual that is nearest to a text.
  func nearestID(to text: String) -> String? {
    nearest(text, among: loaded.configuration.rituals.map(\.id.text))
  }

  /// Gives the engine an event and carries out its effects. Events that come meanwhile follow in their order.
  func apply(_ event: Event) {
    revision += 1
    lastEvent = .now
    guard !isHandling else { return pendingEvents.append(event) }
    isHandling = true
    // A change of the clock comes before all events after it.
    clock.check()
    pendingEvents.append(event)
    while !pendingEvents.isEmpty {
      let effects = engine.handle(pendingEvents.removeFirst(), at: SystemClock.now)
      notifications.hidesWords = engine.hidesWords || session.circumstances.contains(.locked)
      for effect in effects { perform(effect) }
    }
    isHandling = false
    updateTimerAndStatus()
    journal.runDeferredWork()
  }

  /// Applies an event of the notifications. A new server shows nothing before it is known if the screen is
  /// locked and if the user wants to be disturbed.
  private func notificationEvent(_ event: Event) {
    switch event {
    case .serverAppeared:
      session.whenKnown { [unowned self] in
        apply(event)
        announceMistakes()
        // At the daemon's start the session may not have told its service manager yet which terminal it has.
        if hasGuide { guides.lookForTerminal() }
      }
    case .serverAbsent:
      session.cancelWaitingAction()
      apply(event)
    default: apply(event)
    }
  }

  /// Shows a notification if the configuration had mistakes at the start. Only then: later the user is at
  /// work on the configuration.
  private func announceMistakes() {
    guard !hasAnnouncedMistakes else { return }
    hasAnnouncedMistakes = true
    guard !loaded.isComplete else { return }
    notifications.announce(
      "Reminders may be missing", "The configuration of Ritual has mistakes. In a terminal: ritualctl check",
      tag: "io.ritual.Ritual.configuration", hasWords: false)
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .record(let changes):
      journal.record(changes)
      for case .entry(let entry) in changes {
        onWatchedEvent(.entry(entry))
        calendars.recorded(entry, in: engine.zone)
      }
      if changes.contains(where: \.isOrder) { onWatchedEvent(.ordered) }
    case .show(let reminder): notifications.show(reminder)
    case .close(let notification): notifications.close(notification)
    case .seekServer: notifications.seekServer()
    case .begin(let guide, let occurrence):
      guides.open(guide) { [unowned self] isOpen in
        if let occurrence { return apply(.guideBegan(occurrence, isOpen: isOpen)) }
        guard !isOpen else { return }
        // A guide's name is private. Without a name, the command lists all guides.
        let name = notifications.hidesWords ? "" : " \(guide)"
        notifications.announce("Whenever you are both ready", "In a terminal: ritualctl begin\(name)")
      }
    }
  }

  /// The reason why Begin opens no guide; nil if it does, or if no ritual has one.
  var guideFailure: String? {
    guard !guides.hasTerminal, hasGuide else { return nil }
    return "Begin opens no guide: no terminal is found; install one, or name yours: "
      + "systemctl --user set-environment TERMINAL=…; and then: ritualctl reload"
  }

  private var hasGuide: Bool { loaded.configuration.rituals.contains { $0.guide != nil } }

  private func updateTimerAndStatus() {
    timer.set(engine.nextDeadline)
    let line = statusLine
    guard line != reportedStatus else { return }
    reportedStatus = line
    report.status(line)
  }

  /// The reason why changes of files are not reported, and what is done instead; nil if they are reported.
  var watchFailure: String? {
    (files.refusal ?? calendars.watchRefusal).map {
      "files are looked at every minute, because changes are not told: \($0)"
    }
  }

  private func applyConfiguration() {
    let problems = loaded.problems
    let rituals = loaded.configuration.rituals.count
    log.notice(
      "Configuration: rituals \(rituals), problems \(problems.count)",
      metadata: ["event": "configured", "rituals": "\(rituals)", "problems": "\(problems.count)"])
    // Only the place of a mistake is logged: the words around it are private, and so is the name of a
    // drop-in, which is made of the ritual's title.
    for problem in problems {
      let file = problem.file.hasSuffix("/ritual.toml") ? problem.file : "a file in ritual.d"
      log.warning(
        "\(file):\(problem.line):\(problem.column): see ritualctl check", metadata: ["event": "problem"])
    }
    if hasGuide { guides.lookForTerminal() }
    submitConfiguration()
    calendars.publish(in: engine.zone)
  }

  /// Begins to read the calendars that the configuration names.
  private func readCalendars() {
    calendars.configure(filesLoaded, in: engine.zone)
    mergeCalendars()
  }

  /// Merges the rituals of the calendars into the configuration.
  private func mergeCalendars() { loaded = filesLoaded.adding(calendars.rituals) }

  /// Submits the configuration to the engine, and the answers that other programs wrote into the calendars.
  private func submitConfiguration() {
    content.readDecks(of: loaded.configuration.rituals)
    apply(.decks(content.decks))
    apply(.acknowledged(calendars.answers))
    apply(
      .configured(
        loaded.configuration.rituals, loaded.configuration.rules,
        isComplete: loaded.isComplete && !calendars.hasUnreadFolder))
    endRemovedRituals()
    onWatchedEvent(.configured(loaded))
  }

  /// Ends rituals that a command removed, or whose events are over. Other rituals that are missing may come
  /// back.
  private func endRemovedRituals() {
    let over = calendars.over.union([removed].compactMap(\.self))
    removed = nil
    for id in over.intersection(engine.unread).sorted() { apply(.removed(id)) }
  }

  /// A line for `systemctl status`. All users can read it, so it names no ritual.
  private var statusLine: String {
    let next = engine.nextDeadline.map { $0.formatted(in: engine.zone) } ?? "none"
    return "Next: \(next)" + (journal.state == .current ? "" : "; the journal cannot be written")
  }
}

extension Change {
  fileprivate var isOrder: Bool {
    switch self {
    case .order, .revoke, .timeout: true
    default: false
    }
  }
}
