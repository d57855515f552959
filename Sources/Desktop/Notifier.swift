package import Dispatch

/// The service that shows notifications in this session: its notification server; and in a sandbox, where
/// none can be seen, the portal. A caller need not know which.
package final class Notifier {
  /// As of `NotificationServer`.
  package var onAppear: ((ServerInformation) -> Void)?
  package var onVanish: (() -> Void)?
  package var onAction: ((UInt32, String) -> Void)?
  package var onReply: ((UInt32, String) -> Void)?
  /// The portal tells of none.
  package var onClosed: ((UInt32, ClosedReason) -> Void)?

  /// Who shows them now.
  package var current: ServerInformation? { server.current ?? (usesPortal ? portal.current : nil) }

  private let server: NotificationServer
  private let portal: NotificationPortal
  private var usesPortal = false
  /// Whether a server was there, ever: then this is no sandbox, and one that ends comes back.
  private var knowsServer = false
  private var timer: (any DispatchSourceTimer)?

  /// Starts to look for a server, and in a sandbox for the portal. Elsewhere the portal takes every
  /// notification and shows none where no server is there.
  /// - Parameter patience: the time that a server has to come before the portal is asked: where both are
  /// there, as at
  ///   login, the server's notifications are the better ones.
  package init(
    on bus: Bus, applicationName: String, desktopEntry: String, isSandboxed: Bool = Sandbox.isInside,
    patience: DispatchTimeInterval = .seconds(4)
  ) throws(BusError) {
    server = try NotificationServer(on: bus, applicationName: applicationName, desktopEntry: desktopEntry)
    portal = NotificationPortal(on: bus)
    server.onAppear = { [weak self] in self?.meet($0) }
    server.onVanish = { [weak self] in self?.onVanish?() }
    server.onAction = { [weak self] in self?.onAction?($0, $1) }
    server.onReply = { [weak self] in self?.onReply?($0, $1) }
    server.onClosed = { [weak self] in self?.onClosed?($0, $1) }
    portal.onAppear = { [weak self] in self?.resort(to: $0) }
    portal.onVanish = { [weak self] in self?.losePortal() }
    portal.onAction = { [weak self] number, key in
      guard let self, usesPortal else { return }
      onAction?(number, key)
    }
    if isSandboxed { wait(patience) }
  }

  isolated deinit {
    timer?.cancel()
  }

  /// As of `NotificationServer`.
  package func notify(
    _ notification: Notification, replacing number: UInt32? = nil, timeout: Duration? = nil,
    completion: @escaping (Result<UInt32, BusError>) -> Void
  ) {
    guard usesPortal else {
      return server.notify(notification, replacing: number, timeout: timeout, completion: completion)
    }
    do throws(BusError) {
      try portal.notify(
        notification, replacing: number, timeout: timeout ?? server.timeout, completion: completion)
    } catch {
      DispatchQueue.main.async { completion(.failure(error)) }
    }
  }

  /// As of `NotificationServer`.
  package func close(_ number: UInt32) {
    if usesPortal { portal.close(number) } else { server.close(number) }
  }

  /// As of `NotificationServer`.
  package func summon() {
    if !usesPortal { server.summon() }
  }

  private func wait(_ patience: DispatchTimeInterval) {
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + patience)
    timer.setEventHandler { [weak self] in
      guard let self else { return }
      self.timer = nil
      if !knowsServer, server.owner == nil { portal.seek() }
    }
    timer.activate()
    self.timer = timer
  }

  private func meet(_ information: ServerInformation) {
    knowsServer = true
    if usesPortal {
      portal.withdraw()
      usesPortal = false
      onVanish?()
    }
    onAppear?(information)
  }

  private func resort(to information: ServerInformation) {
    // One that has the name and is slow to say what it can do is one.
    guard !knowsServer, server.owner == nil else { return }
    usesPortal = true
    onAppear?(information)
  }

  private func losePortal() {
    guard usesPortal else { return }
    usesPortal = false
    onVanish?()
  }
}
