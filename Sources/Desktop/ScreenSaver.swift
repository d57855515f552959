/// The screen savers of the desktops on the session bus: whether the screen is locked or blanked. They are
/// the second source beside `LoginSession.isLocked`; `ScreenLock` hears both.
///
/// With GNOME and Plasma an active screen saver is a locked screen; others can blank without locking, but at
/// least the user is away.
package final class ScreenSaver {
  /// `isActive` changed.
  package var onChange: () -> Void = {}
  /// Each of them has answered or is absent. Called once.
  package var onSettle: () -> Void = {}
  /// True once each of them has answered or is absent.
  package private(set) var isSettled = false
  /// True if one is active; nil if none says.
  package var isActive: Bool? {
    let known = services.compactMap(\.isActive)
    return known.isEmpty ? nil : known.contains(true)
  }

  /// The names of the active services, such as `org.gnome.ScreenSaver`; if none is active, of all that
  /// answered.
  package var sources: [String] {
    services.filter { $0.isActive != nil && $0.isActive == isActive }.map(\.name)
  }

  private var services: [ScreenSaverService] = []
  private var reported: Bool?

  /// Starts to look for them, and starts none of them. The callbacks, and the reports to `lock`, come later,
  /// from the main queue, and stop with the bus.
  package init(on bus: Bus, lock: ScreenLock = ScreenLock()) throws(BusError) {
    // Plasma; GNOME; Cinnamon; MATE; Xfce. Under GNOME the first one only takes inhibitions, and answers with
    // an error.
    for desktop in ["freedesktop", "gnome", "cinnamon", "mate", "xfce"] {
      services.append(
        try ScreenSaverService(
          desktop, on: bus, lock: lock, onChange: { [weak self] in self?.reportChange() },
          onSettle: { [weak self] in self?.reportSettled() }))
    }
  }

  private func reportSettled() {
    guard !isSettled, services.allSatisfy(\.isSettled) else { return }
    isSettled = true
    onSettle()
  }

  private func reportChange() {
    guard isActive != reported else { return }
    reported = isActive
    onChange()
  }
}

/// One screen saver service.
private final class ScreenSaverService {
  let name: String
  private(set) var isActive: Bool?
  private(set) var isSettled = false

  private let path: String
  private let bus: Bus
  private let lock: ScreenLock
  private let onChange: () -> Void
  private let onSettle: () -> Void
  private var presence: ServicePresence?
  private var signals: BusSlot?

  init(
    _ desktop: String, on bus: Bus, lock: ScreenLock, onChange: @escaping () -> Void,
    onSettle: @escaping () -> Void
  ) throws(BusError) {
    name = "org.\(desktop).ScreenSaver"
    // Plasma's is at `/ScreenSaver` too, and signals from both.
    path = "/org/\(desktop)/ScreenSaver"
    self.bus = bus
    self.lock = lock
    self.onChange = onChange
    self.onSettle = onSettle
    signals = try bus.match(
      "type='signal',sender='\(name)',path='\(path)',interface='\(name)',member='ActiveChanged'"
    ) { [weak self] message in
      guard let self, message.sender == presence?.owner, let isActive = try? message.readBool() else {
        return
      }
      set(isActive)
    }
    presence = try ServicePresence(name, on: bus) { [weak self] owner in
      self?.serviceVanished()
      if let owner { self?.ask(owner) } else { self?.settle() }
    }
  }

  private func ask(_ owner: String) {
    try? bus.ask(
      "GetActive", of: name, at: path, to: owner,
      read: { message throws(BusError) in try message.readBool() }
    ) { [weak self] result in
      guard let self, presence?.owner == owner else { return }
      if let isActive = try? result.get() { set(isActive) }
      settle()
    }
  }

  private func settle() {
    guard !isSettled else { return }
    isSettled = true
    onSettle()
  }

  private func serviceVanished() {
    guard isActive != nil else { return }
    isActive = nil
    lock.screenSaverVanished(name)
    onChange()
  }

  private func set(_ isActive: Bool) {
    guard isActive != self.isActive else { return }
    self.isActive = isActive
    lock.screenSaverSays(isActive, name)
    onChange()
  }
}
