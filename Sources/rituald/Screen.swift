import CivilTime
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
  /// The session bus is there, or has gone.
  var onBus: (Bus?) -> Void = { _ in }
  /// The zone that times are told in.
  var zone: () -> Zone = { .utc }
  /// Whether a notification is a reminder of ours, also one of before a restart.
  var isOurs: (Display) -> Bool = { _ in false }
  /// Whether an answer may be typed into a notification, also into one of before a restart.
  var awaitsReply: (Display) -> Bool = { _ in false }
  /// The words of a prompt; nil where they are not there any more.
  var prompt: (Reminder.Item.Prompt) -> String? = { _ in nil }

  private let log: Logger
  private let tags: ReminderTags
  private let session = BusConnection(to: .session)
  private var notifications: Notifier?
  /// The end of the time that a server has to show itself.
  private var timer: (any DispatchSourceTimer)?
  /// Notifications that an answer can be typed into. Servers tell everyone of what was typed into anybody's.
  private var replyable: Set<UInt32> = []
  /// True while no user's words are to be on the screen but those of reminders, which see to it themselves.
  var hidesWords = false {
    didSet {
      guard hidesWords else { return }
      for number in wordy.sorted() { notifications?.close(number) }
      wordy = []
    }
  }
  /// Previews, and what was announced, with a user's words, as far as they may be on the screen.
  private var wordy: Set<UInt32> = []
  /// Notifications of `ritualctl test`: they are nobody's reminder.
  private var previews: Set<UInt32> = []

  /// `home` is the user's home.
  init(log: Logger, home: String) {
    self.log = log
    tags = ReminderTags(home: home)
  }

  /// The server that is there; nil while there is none.
  var server: ServerInformation? { notifications?.current }

  /// Why there is no server, for people.
  var absence: String {
    if case .lost(let error) = session.state { return "no session bus: \(error)" }
    return "no notification server on the session bus"
  }

  /// How long a server may take to show itself before it counts as absent, and to answer before that is told.
  private static let patience = DispatchTimeInterval.seconds(5)

  /// Connects to the session bus.
  func connect() {
    session.onConnect = { [weak self] bus in self?.meet(bus) }
    session.onLoss = { [weak self] error in self?.lose(error) }
    session.start()
  }

  /// Says good-bye to the bus; what is on the screen stays there.
  func disconnect() {
    timer?.cancel()
    timer = nil
    session.stop()
    notifications = nil
  }

  private func meet(_ bus: Bus) {
    do throws(BusError) {
      let notifications = try Notifier(
        on: bus, applicationName: "Ritual", desktopEntry: "io.ritual.Ritual")
      notifications.onAppear = { [weak self] server in self?.appear(server) }
      notifications.onVanish = { [weak self] in self?.vanish() }
      notifications.onAction = { [weak self] number, key in self?.press(number, key) }
      notifications.onReply = { [weak self] number, text in self?.reply(number, text) }
      notifications.onClosed = { [weak self] number, reason in self?.leave(number, reason) }
      self.notifications = notifications
      onBus(bus)
      awaitServer()
    } catch {
      // The bus answered and broke down at once; its loss is told, and it is tried again.
      log.failure(.error, "The notification server cannot be looked for", error)
    }
  }

  private func awaitServer() {
    timer = after(Self.patience) { [weak self] in
      self?.timer = nil
      if self?.server == nil { self?.onEvent(.serverAbsent) }
    }
  }

  /// Does something later, unless it is cancelled.
  private func after(
    _ interval: DispatchTimeInterval, _ action: @escaping () -> Void
  ) -> any DispatchSourceTimer {
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + interval)
    timer.setEventHandler(handler: action)
    timer.activate()
    return timer
  }

  /// Has a notification server started, where the bus knows one.
  func seekServer() { notifications?.startService() }

  /// Sends a reminder; what became of it comes as an event.
  func show(_ reminder: Reminder) {
    let card = reminder.card
    guard let notifications, let identity = server?.identity else {
      return later(.displayFailed(card: card, reason: "there is no notification server"))
    }
    let number = reminder.replacing.flatMap { $0.server == identity ? $0.number : nil }
    var delay: (any DispatchSourceTimer)?
    notifications.notify(Notification(reminder, in: zone(), tags: tags, prompt: prompt), replacing: number) {
      [weak self] result in
      delay?.cancel()
      switch result {
      case .success(let number):
        if reminder.reply != nil { self?.replyable.insert(number) }
        self?.onEvent(.displayed(card: card, Display(server: identity, number: number)))
      case .failure(let error):
        self?.onEvent(.displayFailed(card: card, reason: "\(error)"))
      }
    }
    // The reminder goes first; its answer comes later in any case.
    delay = after(Self.patience) { [weak self] in
      self?.onEvent(.displayDelayed(card: card, reason: "the notification server does not answer"))
    }
  }

  /// Shows how a reminder looks; its buttons do nothing.
  func preview(_ reminder: Reminder, completion: @escaping (_ failure: String?) -> Void) {
    guard let notifications else { return completion(absence) }
    var notification = Notification(reminder, in: zone(), tags: tags, prompt: prompt)
    notification.tag = nil
    notification.isTransient = true
    notification.expiration = .serverDefault
    let isWordy = !reminder.isDiscreet
    notifications.notify(notification, timeout: .seconds(5)) { [weak self] result in
      switch result {
      case .success(let number):
        self?.previews.insert(number)
        if isWordy { self?.keepInMind(number) }
        completion(nil)
      case .failure(let error):
        completion("\(error)")
      }
    }
  }

  /// Shows something that wants no answer.
  /// - Parameters:
  ///   - tag: by which a server that knows tags replaces what was shown of it before, also by a former daemon.
  ///   - hasWords: whether it says a user's own words.
  func announce(
    _ summary: String, _ body: String, sound: String? = nil, tag: String? = nil, hasWords: Bool = true
  ) {
    var notification = Notification(
      summary: summary, body: body, isTransient: sound != nil, soundName: sound,
      iconName: "io.ritual.Ritual")
    notification.tag = tag
    let isWordy = hasWords && !hidesWords
    notifications?.notify(notification) { [weak self] result in
      switch result {
      case .success(let number): if isWordy { self?.keepInMind(number) }
      case .failure(let error): self?.log.failure(.warning, "A notification cannot be shown", error)
      }
    }
  }

  /// What is no reminder and shows words goes when they are not for everyone's eyes any more.
  private func keepInMind(_ number: UInt32) {
    if hidesWords { notifications?.close(number) } else { wordy.insert(number) }
  }

  func close(_ display: Display) {
    guard display.server == server?.identity else { return }
    notifications?.close(display.number)
  }

  private func appear(_ server: ServerInformation) {
    timer?.cancel()
    timer = nil
    let name = Self.short(server.name)
    log.info(
      "Notifications are shown by \(name) \(Self.short(server.version))",
      metadata: ["event": "server", "server": "\(name)"])
    onServer(server)
    onEvent(.serverAppeared(server.identity))
  }

  /// What a program calls itself, as a log has room for it.
  private static func short(_ text: String) -> String {
    let scalars = text.unicodeScalars
    return scalars.count > 60 ? String(String.UnicodeScalarView(scalars.prefix(60))) + "…" : text
  }

  private func vanish() {
    previews = []
    wordy = []
    replyable = []
    log.notice("The notification server is gone", metadata: ["event": "server-gone"])
    onServer(nil)
    onEvent(.serverAbsent)
  }

  // Servers tell everyone of what happens to anybody's notifications. An event costs the daemon far more than
  // a look at whose it is.

  private func press(_ number: UInt32, _ key: String) {
    guard let server else { return }
    let display = Display(server: server.identity, number: number)
    guard !previews.contains(number) else { return close(display) }
    guard isOurs(display), let button = Button(key: key) else { return }
    onEvent(.pressed(display, button))
  }

  /// An answer was typed; nothing is none.
  private func reply(_ number: UInt32, _ text: String) {
    guard let server, !previews.contains(number), text.contains(where: { !$0.isWhitespace }) else { return }
    let display = Display(server: server.identity, number: number)
    // One answer a showing: what else comes is a program's doing, and would fill the journal.
    guard replyable.remove(number) != nil || awaitsReply(display) else { return }
    onEvent(.replied(display, text))
  }

  private func leave(_ number: UInt32, _ reason: ClosedReason) {
    wordy.remove(number)
    guard let server, previews.remove(number) == nil else { return }
    let display = Display(server: server.identity, number: number)
    guard isOurs(display) else { return }
    switch reason {
    case .expired: onEvent(.closed(display, .timedOut))
    case .dismissed: onEvent(.closed(display, .dismissed))
    // What we closed ourselves is on nobody's list any more; this was somebody else.
    case .closedByCall, .undefined: onEvent(.closed(display, .unknown))
    }
  }

  private func lose(_ error: BusError) {
    let wasThere = server != nil
    timer?.cancel()
    timer = nil
    notifications = nil
    previews = []
    wordy = []
    replyable = []
    log.failure(.warning, "No session bus, tried again less and less often", error)
    onBus(nil)
    if wasThere { onServer(nil) }
    onEvent(.serverAbsent)
  }

  private func later(_ event: Event) {
    DispatchQueue.main.async { [weak self] in self?.onEvent(event) }
  }
}
