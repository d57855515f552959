/// Watches the "do not disturb" of the desktop's notification server. If the server does not report it, the
/// state is unknown; nothing is guessed.
package final class DoNotDisturb {
  /// `state` changed.
  package var onChange: () -> Void = {}
  /// The followed server has answered.
  package var onSettle: () -> Void = {}
  /// True if the followed server has answered, or there is no server.
  package private(set) var isSettled = true

  package private(set) var state = DoNotDisturbState.unknown("there is no notification server")

  private let bus: Bus
  private var source: DoNotDisturbSource?
  private var signals: BusSlot?
  /// The service that is asked and whose signals count.
  private var presence: ServicePresence?
  /// True while a question waits for its answer, and true if another must follow: however many signals come,
  /// there is one question at a time.
  private var isAsking = false
  private var mustAskAgain = false
  private let dconf: DconfSource
  private var setting: Setting?
  private var dconfWatch: FileWatch?
  /// Counts the followed servers, so that an answer about an earlier one is recognised.
  private var generation = 0

  /// Uses the session bus. Asks nothing before `follow`.
  package init(on bus: Bus, dconf: DconfSource = DconfSource()) {
    self.bus = bus
    self.dconf = dconf
  }

  /// Follows another notification server, from `NotificationServer.onAppear`; nil means none, from
  /// `onVanish`.
  package func follow(_ server: ServerInformation?) {
    generation += 1
    signals = nil
    presence = nil
    source = nil
    setting = nil
    dconfWatch = nil
    (isAsking, mustAskAgain) = (false, false)
    isSettled = false
    guard let server else { return set(.unknown("there is no notification server")) }
    if let setting = Setting(of: server) { return watch(setting) }
    let source = DoNotDisturbSource.of(server)
    self.source = source
    do throws(BusError) {
      signals = try bus.match(source.rule) { [weak self] message in
        guard let self, let owner = presence?.owner, message.sender == owner else { return }
        refresh()
      }
      // The bus names the owner before the service answers: no change is missed.
      presence = try ServicePresence(source.service, on: bus) { _ in }
    } catch {
      return set(.unknown("\(error)"))
    }
    refresh()
  }

  /// Asks again: at once, or after the pending answer.
  package func refresh() {
    readSetting()
    guard let source else { return }
    guard !isAsking else { return mustAskAgain = true }
    isAsking = true
    let generation = generation
    let completion: (Result<Bool?, BusError>) -> Void = { [weak self] result in
      guard let self, self.generation == generation else { return }
      let mustAskAgain = mustAskAgain
      (isAsking, self.mustAskAgain) = (false, false)
      answerReceived(result, from: source)
      if mustAskAgain, self.generation == generation { refresh() }
    }
    do throws(BusError) {
      switch source.question {
      case .property(let name, let interface):
        try bus.property(
          name, of: interface, at: source.path, from: source.service, read: source.read,
          completion: completion)
      case .call(let method, let interface, let arguments):
        try bus.ask(
          method, of: interface, at: source.path, to: source.service,
          { message throws(BusError) in for argument in arguments { try message.append(argument) } },
          read: source.read, completion: completion)
      }
    } catch {
      completion(.failure(error))
    }
  }

  private func watch(_ setting: Setting) {
    self.setting = setting
    dconfWatch = FileWatch(files: dconf.databases)
    dconfWatch?.onChange = { [weak self] in self?.readSetting() }
    readSetting()
  }

  private func readSetting() {
    guard let setting else { return }
    // The schema's default, for a setting that was never changed, is true.
    let shows = dconf.flag(setting.key) ?? true
    set(shows ? .off : .on(by: setting.name))
  }

  private func answerReceived(_ result: Result<Bool?, BusError>, from source: DoNotDisturbSource) {
    switch result {
    case .success(true?): set(.on(by: source.name))
    case .success(false?): set(.off)
    case .success(nil): set(.unknown("\(source.name) is in a mode of the user's own"))
    case .failure(.refused) where source.isOffWhenRefused: set(.off)
    case .failure(.refused), .failure(.malformed): set(.unknown("\(source.name) does not say"))
    case .failure(let error): set(.unknown("\(error)"))
    }
  }

  private func set(_ state: DoNotDisturbState) {
    if state != self.state {
      self.state = state
      onChange()
    }
    guard !isSettled else { return }
    isSettled = true
    onSettle()
  }
}

/// A switch that does not appear on the bus: a key in dconf, true where the server shows notifications.
private nonisolated struct Setting {
  /// The server's name.
  let name: String
  let key: String

  init?(of server: ServerInformation) {
    name = server.name
    switch name {
    case "gnome-shell": key = "/org/gnome/desktop/notifications/show-banners"
    case "cinnamon": key = "/org/cinnamon/desktop/notifications/display-notifications"
    default: return nil
    }
  }
}
