import Desktop
import Dispatch
import Logging
import Rituals

/// The circumstances of the user's session, by logind, the screen savers and the notification server.
final class SessionState {
  /// Called when `circumstances` changes.
  var onChange: (Set<Circumstance>) -> Void = { _ in }
  /// The circumstances that hold now. An unknown circumstance counts as one that does not hold.
  private(set) var circumstances: Set<Circumstance> = []

  private let log: Logger
  /// Outlives the buses: a locked screen counts as locked until an unlock is seen.
  private let lock = ScreenLock()
  private let system: BusConnection
  private var login: LoginSession?
  /// True if the system bus was tried and is absent.
  private var isSystemBusLost = false
  private var screenSaver: ScreenSaver?
  private var doNotDisturb: DoNotDisturb?
  /// The action that waits for the first answers, and the timer that limits its wait.
  private var waitingAction: (() -> Void)?
  private var waitingTimer: (any DispatchSourceTimer)?

  init(log: Logger) {
    self.log = log
    system = BusConnection(to: .system)
    lock.onChange = { [weak self] in self?.updateCircumstances() }
  }

  /// Connects to the system bus. It may be absent, as in containers: then less is known.
  func start() {
    system.onConnect = { [weak self] bus in self?.systemBusConnected(bus) }
    system.onLoss = { [weak self] error in
      guard let self else { return }
      log.failure(.info, "No system bus, so that only the session bus tells of the screen lock", error)
      login = nil
      isSystemBusLost = true
      lock.logindVanished()
      updateCircumstances()
      sourceSettled()
    }
    system.start()
  }

  func stop() { system.stop() }

  /// The longest wait for the first answers: a program that hangs must not hold up reminders.
  private static let patience = DispatchTimeInterval.milliseconds(500)

  /// Runs an action once all sources have answered for the first time, or after half a second. It replaces an
  /// action that still waits.
  func whenKnown(_ action: @escaping () -> Void) {
    cancelWaitingAction()
    guard !isSettled else { return action() }
    waitingAction = action
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + Self.patience)
    timer.setEventHandler { [weak self] in self?.runWaitingAction() }
    timer.activate()
    waitingTimer = timer
  }

  func cancelWaitingAction() {
    waitingAction = nil
    waitingTimer?.cancel()
    waitingTimer = nil
  }

  /// True once all sources have answered, or are absent.
  private var isSettled: Bool {
    (login?.isSettled ?? isSystemBusLost) && screenSaver?.isSettled ?? true
      && doNotDisturb?.isSettled ?? true
  }

  private func sourceSettled() {
    if isSettled { runWaitingAction() }
  }

  private func runWaitingAction() {
    let action = waitingAction
    cancelWaitingAction()
    action?()
  }

  func sessionBusConnected(_ bus: Bus) {
    do throws(BusError) {
      let screenSaver = try ScreenSaver(on: bus, lock: lock)
      screenSaver.onSettle = { [weak self] in self?.sourceSettled() }
      self.screenSaver = screenSaver
    } catch {
      log.failure(.warning, "Screen savers cannot be watched", error)
    }
    let doNotDisturb = DoNotDisturb(on: bus)
    doNotDisturb.onChange = { [weak self] in self?.updateCircumstances() }
    doNotDisturb.onSettle = { [weak self] in self?.sourceSettled() }
    self.doNotDisturb = doNotDisturb
    updateCircumstances()
  }

  func sessionBusLost() {
    screenSaver = nil
    doNotDisturb = nil
    lock.screenSaversVanished()
    updateCircumstances()
  }

  /// The notification server is another one; nil if there is none.
  func serverChanged(_ server: ServerInformation?) { doNotDisturb?.follow(server) }

  /// The state of a circumstance, as far as it is known.
  func knowledge(of circumstance: Circumstance) -> Knowledge {
    switch circumstance {
    case .locked:
      if lock.isRemembered { return .yes("it was locked, and no unlock was seen since") }
      return lock.isLocked.map { Knowledge($0) } ?? .unknown("no logind session, no screen saver")
    case .idle:
      return login?.isIdle.map { Knowledge($0) } ?? .unknown("no logind session")
    case .doNotDisturb:
      switch doNotDisturb?.state {
      case .on: return Knowledge(true)
      case .off: return .no
      case .unknown(let reason): return .unknown(reason)
      case nil: return .unknown("no session bus")
      }
    case .screenShared:
      return .unknown("no desktop reports it; use 'ritualctl discreet on'")
    }
  }

  enum Knowledge: Equatable {
    /// The circumstance holds. If no source says so at present, a clause for people says why it counts as
    /// holding.
    case yes(String?)
    case no
    /// A clause for people says why it is not known.
    case unknown(String)

    init(_ value: Bool) { self = value ? .yes(nil) : .no }

    var isYes: Bool { if case .yes = self { true } else { false } }
  }

  private func systemBusConnected(_ bus: Bus) {
    isSystemBusLost = false
    do throws(BusError) {
      let login = try LoginSession(on: bus, screenLock: lock)
      login.onChange = { [weak self] in self?.updateCircumstances() }
      login.onSettle = { [weak self] in self?.sourceSettled() }
      self.login = login
    } catch {
      log.failure(.warning, "The screen lock cannot be watched by logind", error)
      isSystemBusLost = true
    }
  }

  private func updateCircumstances() {
    let now = Set(Circumstance.allCases.filter { knowledge(of: $0).isYes })
    guard now != circumstances else { return }
    circumstances = now
    onChange(now)
  }
}
