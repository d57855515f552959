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

/// The composition root: builds the rooms, turns the world into events of the engine and the engine's effects into
/// calls. It decides nothing itself.
final class Daemon {
  let log: Logger
  let paths: Paths
  let zones = SystemZones()
  /// The decks and guides that rituals refer to.
  let content: Content
  let recorder: Recorder
  let screen: Screen
  let surroundings: Surroundings
  let calendars: Calendars
  let started = SystemClock.now
  private(set) var engine: Engine
  /// The configuration that is in force, and what was wrong in it; with the rituals of the calendars.
  private(set) var loaded: Loaded
  /// The same without them.
  private var written: Loaded
  /// Told of every entry once it is recorded, and of everything else worth a line in `ritualctl watch`.
  var onNews: (News) -> Void = { _ in }

  /// The reason why the machine's zone cannot be read, and the zone in its place; nil while it can be read.
  private(set) var zoneFailure: String?

  /// Counts the events that the engine was given: what was made of it holds while this stays.
  private(set) var revision = 0

  private let guides: GuideWindow
  private let timer = DeadlineTimer()
  private let clock: ClockWatch
  private let manager = ServiceManager()
  private var signals: Signals?
  private let files: WatchedFiles
  private var isToSayMistakes = true
  private var waiting: [Event] = []
  private var reported = ""
  private var isHandling = false
  /// The ritual that a command took out of its file.
  private var removed: RitualID?

  /// Something that happened, for those who watch.
  enum News {
    case entry(Entry)
    case configured(Loaded)
    case server(ServerInformation?)
    /// Something was ordered, or is not in force any more.
    case ordered
  }

  init(paths: Paths, recorder: Recorder, log: Logger) throws {
    self.log = log
    self.paths = paths
    self.recorder = recorder
    content = Content(
      Library(environment: { getenv($0).map { String(cString: $0) } }, executable: Library.executable),
      log: log)
    screen = Screen(log: log, home: paths.home)
    guides = GuideWindow(log: log)
    surroundings = Surroundings(log: log)
    clock = try ClockWatch()
    // What changes once it was read is told of.
    files = WatchedFiles(paths, content)
    let zone: Zone
    do {
      zone = try zones.local()
    } catch {
      zone = .utc
      zoneFailure = Self.told(error, insteadOf: zone, log)
    }
    engine = Engine(zone: zone, snapshot: recorder.start.snapshot, handledAhead: recorder.start.handledAhead)
    calendars = Calendars(
      home: paths.home, marks: paths.calendars, names: recorder.start.snapshot.names, log: log)
    written = Settings.load(folder: paths.configuration, zones: zones, content: content.library.names)
    loaded = written
  }

  /// Takes up work: what is due is shown, and the service manager is told.
  func start(_ signals: Signals) {
    timer.onTime = { [unowned self] in apply(.timePassed) }
    clock.onClockSet = { [unowned self] in
      log.notice("The clock was set", metadata: ["event": "clock-set"])
      timer.clockWasSet()
      let now = SystemClock.now
      apply(.clockSet(handledAhead: recorder.shown(after: now), accounted: recorder.accounted(at: now)))
    }
    // Without it the daemon is of no use, and a restart mends more than going on does.
    clock.onFailure = { [unowned self] error in
      log.failure(.critical, "The clock cannot be watched", error)
      end(EX_OSERR)
    }
    recorder.onChange = { [unowned self] in arm() }
    recorder.onAnother = { [unowned self] in
      // After the answer to the call that this was found in.
      DispatchQueue.main.async { [unowned self] in startAnew() }
    }
    recorder.memory = { [unowned self] in
      var standing = engine.standing
      standing.names = calendars.names
      return (standing, engine.handledBefore)
    }
    recorder.keep = { [unowned self] in
      // A mistake may stand where "always" did, or its file may be away: what is compacted does not come
      // back.
      guard loaded.isCertain(of: "journal"), engine.unread.isEmpty else { return nil }
      return loaded.configuration.keep.map { ($0.microseconds, engine.zone) }
    }
    screen.onEvent = { [unowned self] event in hear(event) }
    screen.zone = { [unowned self] in engine.zone }
    screen.isOurs = { [unowned self] display in engine.knows(display) }
    screen.awaitsReply = { [unowned self] display in engine.awaitsReply(display) }
    screen.prompt = { [unowned self] prompt in content.text(of: prompt) }
    screen.onBus = { [unowned self] bus in
      if let bus { surroundings.meet(session: bus) } else { surroundings.loseSession() }
    }
    screen.onServer = { [unowned self] server in
      surroundings.follow(server)
      onNews(.server(server))
    }
    surroundings.onChange = { [unowned self] circumstances in apply(.circumstances(circumstances)) }
    signals.onStop = { [unowned self] in stop() }
    signals.onReload = { [unowned self] in reload() }
    signals.start()
    self.signals = signals
    files.onChange = { [unowned self] in reload() }
    calendars.lastAnswers = { [unowned self] since in recorder.lastDone(since: since) }
    calendars.onNames = { [unowned self] changes in recorder.record(changes) }
    calendars.onChange = { [unowned self] in
      join()
      take()
    }
    follow()
    configure()
    screen.connect()
    surroundings.start()
  }

  /// How long a start or a reload waits for calendars; a folder that does not answer in that time comes
  /// later.
  private static let patience = DispatchTimeInterval.seconds(2)

  /// Says that the daemon can be talked to, and has read all that there is.
  func ready() {
    calendars.whenIdle(within: Self.patience) { [unowned self] in
      log.info("Ready, process \(getpid())", metadata: ["event": "ready", "version": "\(ritualVersion)"])
      if let watchFailure { log.warning("\(watchFailure)") }
      tell { try $0.ready(status: statusLine) }
      recorder.look()
    }
  }

  /// Reads the configuration, and the machine's zone, anew; calendars are read by the time that `body` is
  /// called. What a mistake keeps out stays as it was. A ritual that the user `removed` by a command is not
  /// away.
  func reload(removed: RitualID? = nil, then body: @escaping () -> Void = {}) {
    self.removed = removed
    tell { try $0.reloading() }
    written = Settings.load(
      folder: paths.configuration, zones: zones, content: content.library.names, after: written.configuration)
    lookAtZone()
    follow()
    configure()
    calendars.whenIdle(within: Self.patience) { [unowned self] in
      tell { try $0.ready(status: statusLine) }
      body()
    }
  }

  /// Ends the process. What is on the screen stays there; it is taken over at the next start.
  func stop() -> Never {
    tell { try $0.stopping() }
    log.info("Stopped", metadata: ["event": "stopped"])
    end(EXIT_SUCCESS)
  }

  /// Begins again as the same process, with its socket and its place among the services: what is in memory
  /// does not come from the journal that is there now.
  private func startAnew() -> Never {
    log.notice(
      "Another journal lies in the place: starting anew from it", metadata: ["event": "journal-other"])
    calendars.finish()
    ActivatedSocket.keepOpenAcrossExec()
    screen.disconnect()
    surroundings.stop()
    Restart.now()
    log.critical("Cannot start anew: error \(errno)")
    // The service manager can; the journal has all that waited.
    _exit(EX_TEMPFAIL)
  }

  /// The one way out once the daemon has begun: what waits to be written is, where it can be.
  private func end(_ status: Int32) -> Never {
    calendars.finish()
    recorder.stop()
    screen.disconnect()
    surroundings.stop()
    // Not exit(3): its handlers would tear down what Dispatch's other threads still look at.
    _exit(status)
  }

  /// The ritual that was probably meant by an id that does not exist.
  func nearestID(to text: String) -> String? {
    nearest(text, among: loaded.configuration.rituals.map(\.id.text))
  }

  /// Gives the engine an event and carries out what it decides. Events that come meanwhile wait their turn.
  func apply(_ event: Event) {
    revision += 1
    guard !isHandling else { return waiting.append(event) }
    isHandling = true
    // That the clock was set goes before all that happened after it.
    clock.look()
    waiting.append(event)
    while !waiting.isEmpty {
      for effect in engine.handle(waiting.removeFirst(), at: SystemClock.now) { perform(effect) }
    }
    isHandling = false
    screen.hidesWords = hidesWords
    arm()
    recorder.tidy()
  }

  /// Takes an event from the screen. Nothing is shown by a new server before it is known whether the screen is locked and
  /// the user wants to be disturbed.
  private func hear(_ event: Event) {
    switch event {
    case .serverAppeared:
      surroundings.whenKnown { [unowned self] in
        apply(event)
        sayMistakes()
      }
    case .serverAbsent:
      surroundings.forgetWaiting()
      apply(event)
    default: apply(event)
    }
  }

  /// Says on the screen that the configuration which the daemon started with cannot be read as a whole. Once:
  /// what happens to it later, its user is at work on.
  private func sayMistakes() {
    guard isToSayMistakes else { return }
    isToSayMistakes = false
    guard !loaded.isComplete else { return }
    screen.announce(
      "Reminders may be missing", "The configuration of Ritual has mistakes. In a terminal: ritualctl check",
      tag: "io.ritual.Ritual.configuration", hasWords: false)
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .record(let changes):
      recorder.record(changes)
      for case .entry(let entry) in changes {
        onNews(.entry(entry))
        calendars.hear(entry, in: engine.zone)
      }
      if changes.contains(where: \.isOrder) { onNews(.ordered) }
    case .show(let reminder): screen.show(reminder)
    case .close(let display): screen.close(display)
    case .seekServer: screen.seekServer()
    case .begin(let guide):
      guides.open(guide) { [unowned self] command in
        // A guide's name is its user's own; without it, the command lists all guides.
        let shown = hidesWords ? "ritualctl begin" : command
        screen.announce("Whenever you are both ready", "In a terminal: \(shown)")
      }
    }
  }

  /// True while words that are no ritual's, such as a guide's, must not be on the screen.
  var hidesWords: Bool { engine.hidesWords || surroundings.circumstances.contains(.locked) }

  private func arm() {
    timer.set(engine.nextDeadline)
    let line = statusLine
    guard line != reported else { return }
    reported = line
    tell { try $0.report(status: line) }
  }

  /// The reason why changes of files are not told of, and the remedy; nil where they are told of.
  var watchFailure: String? {
    (files.refusal ?? calendars.watchRefusal).map {
      "files are looked at every minute, because changes are not told: \($0)"
    }
  }

  private func configure() {
    let problems = loaded.problems
    let rituals = loaded.configuration.rituals.count
    log.notice(
      "Configuration: rituals \(rituals), problems \(problems.count)",
      metadata: ["event": "configured", "rituals": "\(rituals)", "problems": "\(problems.count)"])
    // What is wrong is told by its place alone: the words around it are private, and so is the name of a drop-in, which
    // is made of the ritual's title.
    for problem in problems {
      let file = problem.file.hasSuffix("/ritual.toml") ? problem.file : "a file in ritual.d"
      log.warning(
        "\(file):\(problem.line):\(problem.column): see ritualctl check", metadata: ["event": "problem"])
    }
    take()
    calendars.publish(in: engine.zone)
  }

  /// Takes up the calendars that the configuration names.
  private func follow() {
    calendars.follow(written, in: engine.zone)
    join()
  }

  /// Puts the calendars' rituals beside those of the files.
  private func join() { loaded = written.adding(calendars.rituals) }

  /// Gives the engine the configuration, and what others have answered meanwhile.
  private func take() {
    content.read(for: loaded.configuration.rituals)
    apply(.decks(content.decks))
    apply(.acknowledged(calendars.answers))
    apply(
      .configured(
        loaded.configuration.rituals, loaded.configuration.rules,
        isComplete: loaded.isComplete && !calendars.isAway))
    endRemoved()
    onNews(.configured(loaded))
  }

  /// Ends what was removed by a command, or is over by its calendar's word: it is not away.
  private func endRemoved() {
    let over = calendars.over.union([removed].compactMap(\.self))
    removed = nil
    for id in over.intersection(engine.unread).sorted() { apply(.removed(id)) }
  }

  /// A line for `systemctl status`; it is in everyone's sight, so it names no ritual.
  private var statusLine: String {
    let next = engine.nextDeadline.map { $0.formatted(in: engine.zone) } ?? "none"
    return "Next: \(next)" + (recorder.state == .current ? "" : "; the journal cannot be written")
  }

  private func tell(_ message: (ServiceManager) throws -> Void) {
    do { try message(manager) } catch { log.failure(.warning, "The service manager cannot be told", error) }
  }

  /// Goes by the machine's zone as it is now, or on by the last one: a file that cannot be read at the moment has moved
  /// nobody.
  private func lookAtZone() {
    do {
      let zone = try zones.local()
      zoneFailure = nil
      apply(.zoneChanged(zone))
    } catch {
      zoneFailure = Self.told(error, insteadOf: engine.zone, log)
    }
  }

  /// Tells the log why the machine's zone is not gone by. Returns that, for `ritualctl status`.
  private static func told(_ error: any Error, insteadOf zone: Zone, _ log: Logger) -> String {
    let failure = "the machine's time zone cannot be read, going by \(zone.name): \(error)"
    log.error("\(failure)")
    return failure
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
