import CivilTime
import Desktop
import Dispatch
import Engine
import Logging
import Rituals

/// The notifications of reminders: shows what the engine wants to show, and turns the server's signals into
/// the engine's events. While the session bus is absent, it is tried again less and less often.
final class Notifications {
  var onEvent: (Event) -> Void = { _ in }
  /// Called with the server when it appears, with nil when it vanishes.
  var onServer: (ServerInformation?) -> Void = { _ in }
  /// Called with the session bus when it is connected, with nil when it is lost.
  var onBus: (Bus?) -> Void = { _ in }
  /// The zone of times in notifications.
  var zone: () -> Zone = { .utc }
  /// True for a notification of a reminder, also of one from before a restart.
  var isOurs: (NotificationID) -> Bool = { _ in false }
  /// True if the user may type a reply into a notification, also into one from before a restart.
  var awaitsReply: (NotificationID) -> Bool = { _ in false }
  /// The words of a prompt; nil if the prompt does not exist any more.
  var prompt: (Reminder.Item.Prompt) -> String? = { _ in nil }

  private let log: Logger
  private let tags: ReminderTags
  private let session = BusConnection(to: .session)
  private var notifier: Notifier?
  /// Limits the wait for a server.
  private var serverTimer: (any DispatchSourceTimer)?
  /// Notifications into which the user may type a reply. Servers send the replies to all programs'
  /// notifications to all programs.
  private var replyable: Set<UInt32> = []
  /// True while private words must not be on the screen. The engine hides those of reminders; this is for all
  /// other notifications.
  var hidesWords = false {
    didSet {
      guard hidesWords else { return }
      for number in withWords.sorted() { notifier?.close(number) }
      withWords = []
    }
  }
  /// Previews and announcements on the screen that have private words.
  private var withWords: Set<UInt32> = []
  /// Notifications of `ritualctl test`, which belong to no reminder.
  private var previews: Set<UInt32> = []

  /// `home` is the user's home.
  init(log: Logger, home: String) {
    self.log = log
    tags = ReminderTags(home: home)
  }

  /// The numbers of Notify calls of reminders that have no reply.
  private var sending: Set<Int> = []
  private var lastSent = 0

  /// True if nothing is on its way to the server, and nothing is on the screen that only this process knows
  /// how to hide when words have to be hidden.
  var isQuiet: Bool { sending.isEmpty && withWords.isEmpty }

  /// The present server; nil while there is none.
  var server: ServerInformation? { notifier?.current }

  /// The reason why there is no server, for people.
  var absence: String {
    if case .lost(let error) = session.state { return "no session bus: \(error)" }
    if notifier?.isSwitchedOff == true {
      return "Ritual is switched off in the desktop's settings, under Notifications"
    }
    return "no notification server on the session bus"
  }

  /// A remark on how the present server shows notifications, for people; nil where there is none.
  var remark: String? {
    guard notifier?.isListOnly == true else { return nil }
    return
      "in its list alone: banners of Ritual are switched off in the desktop's settings, under Notifications"
  }

  /// The time after which a server that has not appeared counts as absent, and a Notify without a reply as
  /// delayed.
  private static let patience = DispatchTimeInterval.seconds(5)

  /// Connects to the session bus.
  func connect() {
    session.onConnect = { [weak self] bus in self?.busConnected(bus) }
    session.onLoss = { [weak self] error in self?.busLost(error) }
    session.start()
  }

  /// Disconnects from the bus. Notifications stay on the screen.
  func disconnect() {
    serverTimer?.cancel()
    serverTimer = nil
    session.stop()
    notifier = nil
  }

  private func busConnected(_ bus: Bus) {
    do throws(BusError) {
      let notifier = try Notifier(
        on: bus, applicationName: "Ritual", desktopEntry: "io.ritual.Ritual")
      notifier.onAppear = { [weak self] server in self?.serverAppeared(server) }
      notifier.onVanish = { [weak self] in self?.serverVanished() }
      notifier.onAction = { [weak self] number, key in self?.actionInvoked(number, key) }
      notifier.onReply = { [weak self] number, text in self?.replied(number, text) }
      notifier.onClosed = { [weak self] number, reason in self?.closed(number, reason) }
      self.notifier = notifier
      onBus(bus)
      awaitServer()
    } catch {
      // The bus was lost right after it was connected: `busLost` follows.
      log.failure(.error, "The notification server cannot be looked for", error)
    }
  }

  private func awaitServer() {
    serverTimer = after(Self.patience) { [weak self] in
      self?.serverTimer = nil
      guard let self, server == nil else { return }
      onEvent(.serverAbsent(reason: absence))
    }
  }

  /// A timer that runs an action once, unless it is cancelled.
  private func after(
    _ interval: DispatchTimeInterval, _ action: @escaping () -> Void
  ) -> any DispatchSourceTimer {
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + interval)
    timer.setEventHandler(handler: action)
    timer.activate()
    return timer
  }

  /// Asks the bus to start a notification server.
  func seekServer() { notifier?.startService() }

  /// Sends a reminder. The result comes as an event.
  func show(_ reminder: Reminder) {
    let slot = reminder.slot
    guard let notifier, let identity = server?.identity else {
      return sendLater(.notifyFailed(slot: slot, reason: absence))
    }
    let number = reminder.replacing.flatMap { $0.server == identity ? $0.number : nil }
    var delayTimer: (any DispatchSourceTimer)?
    lastSent += 1
    let call = lastSent
    sending.insert(call)
    notifier.notify(Notification(reminder, in: zone(), tags: tags, prompt: prompt), replacing: number) {
      [weak self] result in
      self?.sending.remove(call)
      delayTimer?.cancel()
      switch result {
      case .success(let number):
        if reminder.reply != nil { self?.replyable.insert(number) }
        self?.onEvent(.notifySucceeded(slot: slot, NotificationID(server: identity, number: number)))
      case .failure(let error):
        self?.onEvent(.notifyFailed(slot: slot, reason: "\(error)"))
      }
    }
    // Set after the call: the reply comes later in any case.
    delayTimer = after(Self.patience) { [weak self] in
      self?.onEvent(.notifyDelayed(slot: slot, reason: "the notification server does not answer"))
    }
  }

  /// Shows a reminder whose buttons do nothing.
  func preview(_ reminder: Reminder, completion: @escaping (_ failure: String?) -> Void) {
    guard let notifier, server != nil else { return completion(absence) }
    var notification = Notification(reminder, in: zone(), tags: tags, prompt: prompt)
    notification.tag = nil
    notification.isTransient = true
    notification.expiration = .serverDefault
    let hasWords = !reminder.isDiscreet
    notifier.notify(notification, timeout: .seconds(5)) { [weak self] result in
      switch result {
      case .success(let number):
        self?.previews.insert(number)
        if hasWords { self?.shownWithWords(number) }
        completion(nil)
      case .failure(let error):
        completion("\(error)")
      }
    }
  }

  /// Shows a notification that wants no answer.
  /// - Parameters:
  ///   - tag: a server that knows tags replaces a notification of the same tag, also of a former daemon.
  ///   - hasWords: true if it has private words.
  func announce(
    _ summary: String, _ body: String, sound: String? = nil, tag: String? = nil, hasWords: Bool = true
  ) {
    var notification = Notification(
      summary: summary, body: body, isTransient: sound != nil, soundName: sound,
      iconName: "io.ritual.Ritual")
    notification.tag = tag
    let hasWords = hasWords && !hidesWords
    notifier?.notify(notification) { [weak self] result in
      switch result {
      case .success(let number): if hasWords { self?.shownWithWords(number) }
      case .failure(let error): self?.log.failure(.warning, "A notification cannot be shown", error)
      }
    }
  }

  /// Remembers a notification with private words, to be closed when words have to be hidden: at once if they
  /// have to be hidden by now.
  private func shownWithWords(_ number: UInt32) {
    if hidesWords { notifier?.close(number) } else { withWords.insert(number) }
  }

  func close(_ notification: NotificationID) {
    guard notification.server == server?.identity else { return }
    notifier?.close(notification.number)
  }

  private func serverAppeared(_ server: ServerInformation) {
    serverTimer?.cancel()
    serverTimer = nil
    let name = Self.short(server.name)
    log.info(
      "Notifications are shown by \(name) \(Self.short(server.version))",
      metadata: ["event": "server", "server": "\(name)"])
    onServer(server)
    onEvent(.serverAppeared(server.identity))
  }

  /// A program's name or version, cut for the log.
  private static func short(_ text: String) -> String {
    let scalars = text.unicodeScalars
    return scalars.count > 60 ? String(String.UnicodeScalarView(scalars.prefix(60))) + "…" : text
  }

  private func serverVanished() {
    previews = []
    withWords = []
    replyable = []
    if notifier?.isSwitchedOff != true {
      log.notice("The notification server is gone", metadata: ["event": "server-gone"])
    } else {
      log.notice("\(absence)", metadata: ["event": "switched-off"])
    }
    onServer(nil)
    onEvent(.serverAbsent(reason: absence))
  }

  // Servers send the signals of all programs' notifications to all programs. `isOurs` is cheaper than an
  // event.

  private func actionInvoked(_ number: UInt32, _ key: String) {
    guard let server else { return }
    let notification = NotificationID(server: server.identity, number: number)
    guard !previews.contains(number) else { return close(notification) }
    guard isOurs(notification), let button = Button(key: key) else { return }
    onEvent(.pressed(notification, button))
  }

  /// The user typed a reply. An empty one is none.
  private func replied(_ number: UInt32, _ text: String) {
    guard let server, !previews.contains(number), text.contains(where: { !$0.isWhitespace }) else { return }
    let notification = NotificationID(server: server.identity, number: number)
    // One reply for each showing: a program that sends more would fill the journal.
    guard replyable.remove(number) != nil || awaitsReply(notification) else { return }
    onEvent(.replied(notification, text))
  }

  private func closed(_ number: UInt32, _ reason: ClosedReason) {
    withWords.remove(number)
    guard let server, previews.remove(number) == nil else { return }
    let notification = NotificationID(server: server.identity, number: number)
    guard isOurs(notification) else { return }
    switch reason {
    case .expired: onEvent(.closed(notification, .timedOut))
    case .dismissed: onEvent(.closed(notification, .dismissed))
    // The engine does not know notifications that the daemon has closed, so another program closed this one.
    case .closedByCall, .undefined: onEvent(.closed(notification, .unknown))
    }
  }

  private func busLost(_ error: BusError) {
    let wasThere = server != nil
    serverTimer?.cancel()
    serverTimer = nil
    notifier = nil
    previews = []
    withWords = []
    replyable = []
    sending = []
    log.failure(.warning, "No session bus, tried again less and less often", error)
    onBus(nil)
    if wasThere { onServer(nil) }
    onEvent(.serverAbsent(reason: absence))
  }

  private func sendLater(_ event: Event) {
    DispatchQueue.main.async { [weak self] in self?.onEvent(event) }
  }
}
