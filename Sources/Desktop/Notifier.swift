package import Dispatch

/// The service that shows notifications in this session: its notification server, or the portal in a sandbox
/// without access to one. The caller need not know which. A server counts as gone while the user has
/// notifications of this program switched off in the desktop's settings: it takes them all, and shows none.
package final class Notifier {
  /// The callbacks, as in `NotificationServer`.
  package var onAppear: ((ServerInformation) -> Void)?
  /// Also called where the server appears and counts as gone.
  package var onVanish: (() -> Void)?
  package var onAction: ((UInt32, String) -> Void)?
  package var onReply: ((UInt32, String) -> Void)?
  /// The portal reports none.
  package var onClosed: ((UInt32, ClosedReason) -> Void)?

  /// The current server or portal.
  package var current: ServerInformation? {
    if usesPortal { return portal.current }
    return isSwitchedOff ? nil : server.current
  }

  /// True if a server is there that shows nothing of this program, because the user has switched it off in
  /// the desktop's settings.
  package private(set) var isSwitchedOff = false

  /// True if the user has the desktop put this program's notifications into its list alone.
  package var isListOnly: Bool { settings.state.isListOnly }

  private let server: NotificationServer
  private let settings: ProgramSettings
  /// Notifications of this program on the server.
  private var shown: Set<UInt32> = []
  private let portal: NotificationPortal
  private var usesPortal = false
  /// True once a server was there: then this is no sandbox, and a server that ended comes back.
  private var knowsServer = false
  private var timer: (any DispatchSourceTimer)?

  /// Starts to look for a server, and in a sandbox for the portal. Outside of one the portal accepts every
  /// notification and shows none if no server is there.
  /// - Parameter serverTimeout: the time that a server has before the portal is asked. At login both start,
  ///   and the server's notifications are the better ones.
  package init(
    on bus: Bus, applicationName: String, desktopEntry: String, isSandboxed: Bool = Sandbox.isInside,
    serverTimeout: DispatchTimeInterval = .seconds(4),
    settings folders: ProgramSettings.Folders = ProgramSettings.Folders()
  ) throws(BusError) {
    settings = ProgramSettings(of: desktopEntry, in: folders)
    server = try NotificationServer(on: bus, applicationName: applicationName, desktopEntry: desktopEntry)
    portal = NotificationPortal(on: bus)
    server.onAppear = { [weak self] in self?.serverAppeared($0) }
    server.onVanish = { [weak self] in self?.serverVanished() }
    settings.onChange = { [weak self] in self?.settingsChanged() }
    server.onAction = { [weak self] in self?.onAction?($0, $1) }
    server.onReply = { [weak self] in self?.onReply?($0, $1) }
    server.onClosed = { [weak self] number, reason in
      self?.shown.remove(number)
      self?.onClosed?(number, reason)
    }
    portal.onAppear = { [weak self] in self?.usePortal($0) }
    portal.onVanish = { [weak self] in self?.portalVanished() }
    portal.onAction = { [weak self] number, key in
      guard let self, usesPortal else { return }
      onAction?(number, key)
    }
    if isSandboxed { askPortal(after: serverTimeout) }
  }

  isolated deinit {
    timer?.cancel()
  }

  /// Shows a notification, as in `NotificationServer`.
  package func notify(
    _ notification: Notification, replacing number: UInt32? = nil, timeout: Duration? = nil,
    completion: @escaping (Result<UInt32, BusError>) -> Void
  ) {
    guard !isSwitchedOff else {
      return DispatchQueue.main.async {
        completion(.failure(.serviceUnknown("the user has notifications of this program switched off")))
      }
    }
    guard usesPortal else {
      return server.notify(notification, replacing: number, timeout: timeout) { [weak self] result in
        if case .success(let number) = result { self?.noteShown(number) }
        completion(result)
      }
    }
    do throws(BusError) {
      try portal.notify(
        notification, replacing: number, timeout: timeout ?? server.timeout, completion: completion)
    } catch {
      DispatchQueue.main.async { completion(.failure(error)) }
    }
  }

  /// Removes a notification, as in `NotificationServer`.
  package func close(_ number: UInt32) {
    shown.remove(number)
    if usesPortal { portal.close(number) } else { server.close(number) }
  }

  /// A notification is on the server. One that is too late for the user's switch goes again.
  private func noteShown(_ number: UInt32) {
    if isSwitchedOff { server.close(number) } else { shown.insert(number) }
  }

  /// Asks the bus to start a notification server, as in `NotificationServer`.
  package func startService() {
    if !usesPortal { server.startService() }
  }

  private func askPortal(after time: DispatchTimeInterval) {
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + time)
    timer.setEventHandler { [weak self] in
      guard let self else { return }
      self.timer = nil
      if !knowsServer, server.owner == nil { portal.start() }
    }
    timer.activate()
    self.timer = timer
  }

  private func serverAppeared(_ information: ServerInformation) {
    knowsServer = true
    if usesPortal {
      portal.closeAll()
      usesPortal = false
      onVanish?()
    }
    settings.follow(information)
    isSwitchedOff = settings.state.isOff
    if isSwitchedOff { onVanish?() } else { onAppear?(information) }
  }

  private func serverVanished() {
    settings.follow(nil)
    isSwitchedOff = false
    shown = []
    onVanish?()
  }

  private func settingsChanged() {
    guard let information = server.current, settings.state.isOff != isSwitchedOff else { return }
    isSwitchedOff.toggle()
    guard isSwitchedOff else {
      onAppear?(information)
      return
    }
    // The server keeps them out of sight: they would come again beside what is shown after the switch.
    for number in shown.sorted() { server.close(number) }
    shown = []
    onVanish?()
  }

  private func usePortal(_ information: ServerInformation) {
    // A server that owns the name and is slow to answer is a server too.
    guard !knowsServer, server.owner == nil else { return }
    usesPortal = true
    onAppear?(information)
  }

  private func portalVanished() {
    guard usesPortal else { return }
    usesPortal = false
    onVanish?()
  }
}
