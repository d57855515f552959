import Desktop
import Dispatch
import Engine
import Logging
import Rituals

/// The notification server as the engine speaks of it: reminders in, events out. Where the session bus is not there,
/// or goes away, it is tried again, less and less often.
final class Screen {
  /// What happens on the screen.
  var onEvent: (Event) -> Void = { _ in }
  /// A server came, or it went.
  var onServer: (ServerInformation?) -> Void = { _ in }

  private let log: Logger
  private var bus: Bus?
  private var notifications: NotificationServer?
  /// Another try to reach the bus, or the end of the time that a server has to show itself.
  private var timer: (any DispatchSourceTimer)?
  private var failures = 0
  /// Why there is no bus; nil while there is one.
  private var busFailure: BusError?
  /// Notifications of `ritualctl test`: they are nobody's reminder.
  private var previews: Set<UInt32> = []

  init(log: Logger) { self.log = log }

  /// The server that is there; nil while there is none.
  var server: ServerInformation? { notifications?.current }

  /// Why there is no server, for people.
  var absence: String {
    busFailure.map { "no session bus: \($0)" } ?? "no notification server on the session bus"
  }

  /// How long a server may take to show itself before it counts as absent.
  private static let patience = DispatchTimeInterval.seconds(5)

  /// Connects to the session bus.
  func connect() {
    timer = nil
    do throws(BusError) {
      let bus = try Bus.session()
      bus.onDisconnect = { [weak self] error in self?.lose(error) }
      let notifications = try NotificationServer(
        on: bus, applicationName: "Ritual", desktopEntry: "io.ritual.Ritual")
      notifications.onAppear = { [weak self] server in self?.appear(server) }
      notifications.onVanish = { [weak self] in self?.vanish() }
      notifications.onAction = { [weak self] number, key in self?.press(number, key) }
      notifications.onClosed = { [weak self] number, reason in self?.leave(number, reason) }
      self.bus = bus
      self.notifications = notifications
      busFailure = nil
      after(Self.patience) { [weak self] in
        if self?.server == nil { self?.onEvent(.serverAbsent) }
      }
    } catch {
      lose(error)
    }
  }

  /// Says good-bye to the bus; what is on the screen stays there.
  func disconnect() {
    timer?.cancel()
    timer = nil
    bus?.close()
    bus = nil
    notifications = nil
  }

  /// Has a notification server started, where the bus knows one.
  func seekServer() { notifications?.summon() }

  /// Sends a reminder; what became of it comes as an event.
  func show(_ reminder: Reminder) {
    let occurrence = reminder.occurrence
    guard let notifications, let identity = server?.identity else {
      return later(.displayFailed(occurrence, reason: "there is no notification server"))
    }
    let number = reminder.replacing.flatMap { $0.server == identity ? $0.number : nil }
    notifications.notify(Notification(reminder), replacing: number) { [weak self] result in
      switch result {
      case .success(let number):
        self?.onEvent(.displayed(occurrence, Display(server: identity, number: number)))
      case .failure(let error):
        self?.onEvent(.displayFailed(occurrence, reason: "\(error)"))
      }
    }
  }

  /// Shows how a reminder looks; its buttons do nothing.
  func preview(_ reminder: Reminder, completion: @escaping (_ failure: String?) -> Void) {
    guard let notifications else { return completion(absence) }
    var notification = Notification(reminder)
    notification.tag = nil
    notification.isTransient = true
    notification.expiration = .serverDefault
    notifications.notify(notification) { [weak self] result in
      switch result {
      case .success(let number):
        self?.previews.insert(number)
        completion(nil)
      case .failure(let error):
        completion("\(error)")
      }
    }
  }

  func close(_ display: Display) {
    guard display.server == server?.identity else { return }
    notifications?.close(display.number)
  }

  private func appear(_ server: ServerInformation) {
    failures = 0
    log.info("Notifications are shown by \(server.name) \(server.version)")
    onServer(server)
    onEvent(.serverAppeared(server.identity))
  }

  private func vanish() {
    previews = []
    log.notice("The notification server is gone")
    onServer(nil)
    onEvent(.serverAbsent)
  }

  private func press(_ number: UInt32, _ key: String) {
    guard let server else { return }
    guard !previews.contains(number) else { return close(Display(server: server.identity, number: number)) }
    guard let button = Button(key: key) else { return }
    onEvent(.pressed(Display(server: server.identity, number: number), button))
  }

  private func leave(_ number: UInt32, _ reason: ClosedReason) {
    guard let server, previews.remove(number) == nil else { return }
    let display = Display(server: server.identity, number: number)
    switch reason {
    case .expired: onEvent(.closed(display, .timedOut))
    case .dismissed: onEvent(.closed(display, .dismissed))
    case .closedByCall: break
    case .undefined: onEvent(.closed(display, .unknown))
    }
  }

  private func lose(_ error: BusError) {
    let wasThere = server != nil
    disconnect()
    busFailure = error
    failures += 1
    let seconds = min(1 << min(failures - 1, 6), 60)
    // Once is enough: a session without a bus would fill the log.
    if failures == 1 { log.warning("No session bus, tried again less and less often: \(error)") }
    after(.seconds(seconds)) { [weak self] in self?.connect() }
    if wasThere { onServer(nil) }
    onEvent(.serverAbsent)
  }

  private func after(_ interval: DispatchTimeInterval, _ action: @escaping () -> Void) {
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + interval)
    timer.setEventHandler { action() }
    timer.activate()
    self.timer = timer
  }

  private func later(_ event: Event) {
    DispatchQueue.main.async { [weak self] in self?.onEvent(event) }
  }
}
