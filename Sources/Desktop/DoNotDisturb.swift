/// Whether the user wants to be disturbed, as far as the desktop's notification server says. Where it cannot,
/// the state is unknown; nothing is guessed.
package final class DoNotDisturb {
  /// `state` changed.
  package var onChange: () -> Void = {}
  /// The server that is followed has answered.
  package var onSettle: () -> Void = {}
  /// Whether the server that is followed has answered, or there is none.
  package private(set) var isSettled = true

  package private(set) var state = Disturbance.unknown("there is no notification server")

  private let bus: Bus
  private var source: QuietSource?
  private var signals: BusSlot?
  /// Who is asked, and whose signals count.
  private var presence: ServicePresence?
  /// Whether a question waits for its answer, and whether another is to follow: however many signals come,
  /// there is one question at a time.
  private var isAsking = false
  private var mustAskAgain = false
  private let dconf: DconfSource
  private var dconfWatch: FileWatch?
  /// Counts the servers, so that an answer about an earlier one is known.
  private var generation = 0

  /// On the session bus. It starts to ask with `follow`.
  package init(on bus: Bus, dconf: DconfSource = DconfSource()) {
    self.bus = bus
    self.dconf = dconf
  }

  /// Goes by another notification server: `NotificationServer.onAppear`; nil where there is none: `onVanish`.
  package func follow(_ server: ServerInformation?) {
    generation += 1
    signals = nil
    presence = nil
    source = nil
    dconfWatch = nil
    (isAsking, mustAskAgain) = (false, false)
    isSettled = false
    guard let server else { return set(.unknown("there is no notification server")) }
    if server.name == "gnome-shell" { return followGnome() }
    let source = QuietSource.of(server)
    self.source = source
    do throws(BusError) {
      signals = try bus.match(source.rule) { [weak self] message in
        guard let self, let owner = presence?.owner, message.sender == owner else { return }
        refresh()
      }
      // The bus answers who is there before the service answers how it stands: no change is missed.
      presence = try ServicePresence(source.service, on: bus) { _ in }
    } catch {
      return set(.unknown("\(error)"))
    }
    refresh()
  }

  /// Asks again: at once, or after the answer that is on its way.
  package func refresh() {
    if dconfWatch != nil { readGnome() }
    guard let source else { return }
    guard !isAsking else { return mustAskAgain = true }
    isAsking = true
    let generation = generation
    let completion: (Result<Bool?, BusError>) -> Void = { [weak self] result in
      guard let self, self.generation == generation else { return }
      let mustAskAgain = mustAskAgain
      (isAsking, self.mustAskAgain) = (false, false)
      take(result, from: source)
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

  /// GNOME Shell's switch is a setting, and it shows none of that on the bus.
  private func followGnome() {
    dconfWatch = FileWatch(files: dconf.databases)
    dconfWatch?.onChange = { [weak self] in self?.readGnome() }
    readGnome()
  }

  private func readGnome() {
    // Never touched, it is true: the default of the schema.
    let shows = dconf.flag("/org/gnome/desktop/notifications/show-banners") ?? true
    set(shows ? .welcome : .unwelcome(by: "gnome-shell"))
  }

  private func take(_ result: Result<Bool?, BusError>, from source: QuietSource) {
    switch result {
    case .success(true?): set(.unwelcome(by: source.name))
    case .success(false?): set(.welcome)
    case .success(nil): set(.unknown("\(source.name) is in a mode of the user's own"))
    case .failure(.refused) where source.isOffWhenRefused: set(.welcome)
    case .failure(.refused), .failure(.malformed): set(.unknown("\(source.name) does not say"))
    case .failure(let error): set(.unknown("\(error)"))
    }
  }

  private func set(_ state: Disturbance) {
    if state != self.state {
      self.state = state
      onChange()
    }
    guard !isSettled else { return }
    isSettled = true
    onSettle()
  }
}
