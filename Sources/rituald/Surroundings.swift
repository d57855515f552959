import Desktop
import Dispatch
import Logging
import Rituals

/// The user's session as the engine speaks of it: which circumstances are so now, as far as anybody says.
final class Surroundings {
  /// The circumstances changed.
  var onChange: (Set<Circumstance>) -> Void = { _ in }
  /// What is so now, as far as anybody says.
  private(set) var circumstances: Set<Circumstance> = []

  private let log: Logger
  /// Outlives the buses: what was known to be locked is, until an unlock is seen.
  private let lock = ScreenLock()
  private let system: BusConnection
  private var login: LoginSession?
  /// Whether the system's bus was tried and is not there.
  private var isSystemBusLost = false
  private var saver: ScreenSaver?
  private var quiet: DoNotDisturb?
  /// What waits for the first answers, and the end of its patience.
  private var waiting: (() -> Void)?
  private var patience: (any DispatchSourceTimer)?

  init(log: Logger) {
    self.log = log
    system = BusConnection(to: .system)
    lock.onChange = { [weak self] in self?.review() }
  }

  /// Begins to look at the system's bus. It may be absent, as in containers: then less is known.
  func start() {
    system.onConnect = { [weak self] bus in self?.meet(system: bus) }
    system.onLoss = { [weak self] error in
      guard let self else { return }
      log.failure(.info, "No system bus, so that only the session bus tells of the screen lock", error)
      login = nil
      isSystemBusLost = true
      lock.logindVanished()
      review()
      settle()
    }
    system.start()
  }

  func stop() { system.stop() }

  /// How long a first answer is waited for: a program that hangs must not keep reminders back.
  private static let longest = DispatchTimeInterval.milliseconds(500)

  /// Does something once everybody who can say what is so has said it, or after half a second. Only one thing waits at
  /// a time: another one takes its place.
  func whenKnown(_ action: @escaping () -> Void) {
    forgetWaiting()
    guard !isKnown else { return action() }
    waiting = action
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + Self.longest)
    timer.setEventHandler { [weak self] in self?.goOn() }
    timer.activate()
    patience = timer
  }

  /// What waits is not to be done any more.
  func forgetWaiting() {
    waiting = nil
    patience?.cancel()
    patience = nil
  }

  private var isKnown: Bool {
    (login?.isSettled ?? isSystemBusLost) && saver?.isSettled ?? true && quiet?.isSettled ?? true
  }

  private func settle() {
    if isKnown { goOn() }
  }

  private func goOn() {
    let action = waiting
    forgetWaiting()
    action?()
  }

  /// The session's bus is there.
  func meet(session bus: Bus) {
    do throws(BusError) {
      let saver = try ScreenSaver(on: bus, lock: lock)
      saver.onSettle = { [weak self] in self?.settle() }
      self.saver = saver
    } catch {
      log.failure(.warning, "Screen savers cannot be watched", error)
    }
    let quiet = DoNotDisturb(on: bus)
    quiet.onChange = { [weak self] in self?.review() }
    quiet.onSettle = { [weak self] in self?.settle() }
    self.quiet = quiet
    review()
  }

  /// The session's bus is gone, and all that was known by it.
  func loseSession() {
    saver = nil
    quiet = nil
    lock.screenSaversVanished()
    review()
  }

  /// Another notification server shows what is shown; nil where there is none.
  func follow(_ server: ServerInformation?) { quiet?.follow(server) }

  /// What is known of a circumstance: so, not so, or why nobody knows.
  func knowledge(of circumstance: Circumstance) -> Knowledge {
    switch circumstance {
    case .locked:
      if lock.isRemembered { return .yes("it was, and no unlock has been seen since") }
      return lock.isLocked.map { Knowledge($0) } ?? .unknown("neither logind nor a screen saver says")
    case .idle:
      return login?.isIdle.map { Knowledge($0) } ?? .unknown("logind does not say")
    case .doNotDisturb:
      switch quiet?.state {
      case .on: return Knowledge(true)
      case .off: return .no
      case .unknown(let reason): return .unknown(reason)
      case nil: return .unknown("there is no session bus")
      }
    case .screenShared:
      return .unknown("no desktop tells; use 'ritualctl discreet on'")
    }
  }

  enum Knowledge: Equatable {
    /// It is so; and why it counts as so, a clause for people, where nobody says it at present.
    case yes(String?)
    case no
    /// Why: a clause for people.
    case unknown(String)

    init(_ value: Bool) { self = value ? .yes(nil) : .no }

    var isSo: Bool { if case .yes = self { true } else { false } }
  }

  private func meet(system bus: Bus) {
    isSystemBusLost = false
    do throws(BusError) {
      let login = try LoginSession(on: bus, screenLock: lock)
      login.onChange = { [weak self] in self?.review() }
      login.onSettle = { [weak self] in self?.settle() }
      self.login = login
    } catch {
      log.failure(.warning, "The screen lock cannot be watched by logind", error)
      isSystemBusLost = true
    }
  }

  private func review() {
    let now = Set(Circumstance.allCases.filter { knowledge(of: $0).isSo })
    guard now != circumstances else { return }
    circumstances = now
    onChange(now)
  }
}
