/// Whether the screen is locked or blanked, by what the session itself says: the screen saver services of the
/// desktops on the session bus. A second word beside `LoginSession.isLocked`; `ScreenLock` hears both.
///
/// An active screen saver is a locked screen with GNOME and Plasma; with those that can blank without locking it is at
/// least a screen in front of which nobody sits.
package final class ScreenSaver {
  /// `isActive` changed.
  package var onChange: () -> Void = {}
  /// The last of them has answered, or is not there. Told once.
  package var onSettle: () -> Void = {}
  /// Whether all of them have answered, or are not there.
  package private(set) var isSettled = false
  /// Whether one is active; nil where nobody says.
  package var isActive: Bool? {
    let known = services.compactMap(\.isActive)
    return known.isEmpty ? nil : known.contains(true)
  }

  /// The names of the services that say so, such as `org.gnome.ScreenSaver`; where none is active, all that say so.
  package var sources: [String] {
    services.filter { $0.isActive != nil && $0.isActive == isActive }.map(\.name)
  }

  private var services: [ScreenSaverService] = []
  private var told: Bool?

  /// Starts to look for them, and starts none. The callbacks come later, from the main queue, and stop with
  /// the bus; so does what `lock` is told.
  package init(on bus: Bus, lock: ScreenLock = ScreenLock()) throws(BusError) {
    // Plasma; GNOME; Cinnamon; MATE; Xfce. Under GNOME the first one only takes inhibitions, and answers with an error.
    for desktop in ["freedesktop", "gnome", "cinnamon", "mate", "xfce"] {
      services.append(
        try ScreenSaverService(
          desktop, on: bus, lock: lock, onChange: { [weak self] in self?.tell() },
          onSettle: { [weak self] in self?.settle() }))
    }
  }

  private func settle() {
    guard !isSettled, services.allSatisfy(\.isSettled) else { return }
    isSettled = true
    onSettle()
  }

  private func tell() {
    guard isActive != told else { return }
    told = isActive
    onChange()
  }
}

/// One of them.
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
      self?.vanish()
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

  private func vanish() {
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
