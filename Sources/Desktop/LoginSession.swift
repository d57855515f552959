import Glibc

/// The user's session in logind or elogind (`org.freedesktop.login1`): whether it is locked or idle. logind
/// may be absent, come and go; unknown values are nil.
///
/// The session's desktop sets `isLocked`. GNOME and Plasma do; a bare compositor with its own locker (sway
/// with swaylock, Hyprland with hyprlock) does not, and logind reports "not locked" whatever the screen
/// shows.
package final class LoginSession {
  static let name = "org.freedesktop.login1"
  static let path = "/org/freedesktop/login1"
  static let manager = "org.freedesktop.login1.Manager"

  /// `isPresent`, `isLocked` or `isIdle` changed.
  package var onChange: () -> Void = {}
  /// The first answer is there: from now on an unknown value is unknown to logind too. Called once.
  package var onSettle: () -> Void = {}
  /// True once the first answer is there.
  package private(set) var isSettled = false { didSet { if isSettled, !oldValue { onSettle() } } }

  /// True while logind is running.
  package var isPresent: Bool { presence?.owner != nil }
  /// The session's `LockedHint`; nil if logind does not say. A restarted logind has lost it and says false;
  /// `ScreenLock` remembers it.
  package private(set) var isLocked: Bool?
  /// True if the user has not used the session for a while; nil if unknown.
  package private(set) var isIdle: Bool?

  private let bus: Bus
  private let screenLock: ScreenLock
  private let user: UInt32
  private var presence: ServicePresence?
  private var signals: BusSlot?
  private var unlocks: BusSlot?
  private var properties: BusSlot?
  /// The path of the session's object; nil if unknown.
  private var session: String?
  private var wasPresent = false

  /// Starts to look for logind. The callbacks come later, from the main queue, and stop with the bus.
  /// - Parameters:
  ///   - bus: the system bus.
  ///   - screenLock: receives the session's lock.
  package init(
    on bus: Bus, screenLock: ScreenLock = ScreenLock(), user: UInt32 = getuid()
  ) throws(BusError) {
    self.bus = bus
    self.screenLock = screenLock
    self.user = user
    signals = try bus.match(
      "type='signal',sender='\(Self.name)',path='\(Self.path)',interface='\(Self.manager)'"
    ) { [weak self] message in self?.signal(message) }
    unlocks = try bus.match(
      """
      type='signal',sender='\(Self.name)',path_namespace='\(Self.path)/session',\
      interface='\(Self.name).Session',member='Unlock'
      """
    ) { [weak self] message in self?.unlocked(message) }
    // All sessions and users, of which a machine has few: which session is ours is not known yet, and may
    // change.
    properties = try bus.match(
      """
      type='signal',sender='\(Self.name)',path_namespace='\(Self.path)',\
      interface='org.freedesktop.DBus.Properties',member='PropertiesChanged'
      """
    ) { [weak self] message in self?.propertiesChanged(message) }
    presence = try ServicePresence(Self.name, on: bus) { [weak self] owner in
      if owner == nil { self?.logindVanished() } else { self?.logindAppeared() }
    }
  }

  private func logindAppeared() {
    wasPresent = true
    findSession()
    onChange()
  }

  private func logindVanished() {
    defer { isSettled = true }
    // logind's absence at the start is no change.
    guard wasPresent else { return }
    wasPresent = false
    screenLock.logindVanished()
    session = nil
    isLocked = nil
    isIdle = nil
    onChange()
  }

  private func signal(_ message: borrowing BusMessage) {
    guard message.sender == presence?.owner else { return }
    switch message.member {
    case "SessionRemoved":
      if (try? message.readString()) != nil, let ended = try? message.readPath() {
        screenLock.sessionEnded(ended)
      }
      findSession()
    case "SessionNew", "UserNew":
      findSession()
    default:
      break
    }
  }

  private func unlocked(_ message: borrowing BusMessage) {
    guard message.sender == presence?.owner, let session = message.path else { return }
    screenLock.sessionUnlocked(session)
  }

  private func propertiesChanged(_ message: borrowing BusMessage) {
    guard message.sender == presence?.owner, let interface = try? message.readString() else { return }
    switch interface {
    case "org.freedesktop.login1.User": findSession()
    case "org.freedesktop.login1.Session" where message.path == session: readHints()
    default: break
    }
  }

  /// Finds the session that shows the user's display: a service of the user's manager is in no session
  /// itself.
  private func findSession() {
    ask(
      "GetUser", { [user] message throws(BusError) in try message.append(user) },
      read: { message throws(BusError) in try message.readPath() }
    ) { [weak self] result in
      guard let self else { return }
      guard case .success(let user) = result else { return setSession(nil) }
      readProperty(
        "Display", of: "User", at: user, read: { message throws(BusError) in try message.readNamedPath() }
      ) {
        [weak self] path in self?.setSession(path.flatMap { $0 == "/" ? nil : $0 })
      }
    }
  }

  private func setSession(_ path: String?) {
    if path != session {
      if let known = path ?? session { screenLock.sessionSays(nil, known) }
      session = path
      set(locked: nil, idle: nil)
      readHints()
    }
    if path == nil { isSettled = true }
  }

  private func readHints() {
    guard let session else { return }
    let read: (borrowing BusMessage) throws(BusError) -> Bool = { message throws(BusError) in
      try message.readBool()
    }
    readProperty("LockedHint", of: "Session", at: session, read: read) { [weak self] isLocked in
      guard let self, session == self.session else { return }
      readProperty("IdleHint", of: "Session", at: session, read: read) { [weak self] isIdle in
        guard let self, session == self.session else { return }
        set(locked: isLocked, idle: isIdle)
        isSettled = true
      }
    }
  }

  private func set(locked: Bool?, idle: Bool?) {
    guard locked != isLocked || idle != isIdle else { return }
    if let session, let locked { screenLock.sessionSays(locked, session) }
    isLocked = locked
    isIdle = idle
    onChange()
  }

  private func readProperty<Value>(
    _ property: String, of interface: String, at path: String,
    read: @escaping (borrowing BusMessage) throws(BusError) -> Value,
    completion: @escaping (Value?) -> Void
  ) {
    guard let owner = presence?.owner else { return }
    try? bus.property(property, of: "\(Self.name).\(interface)", at: path, from: owner, read: read) {
      [weak self] result in
      guard self?.presence?.owner == owner else { return }
      completion(try? result.get())
    }
  }

  private func ask<Answer>(
    _ member: String, _ write: (borrowing BusMessage) throws(BusError) -> Void,
    read: @escaping (borrowing BusMessage) throws(BusError) -> Answer,
    completion: @escaping (Result<Answer, BusError>) -> Void
  ) {
    guard let owner = presence?.owner else { return }
    try? bus.ask(member, of: Self.manager, at: Self.path, to: owner, write, read: read) {
      [weak self] result in
      guard self?.presence?.owner == owner else { return }
      completion(result)
    }
  }
}
