import Glibc

/// The user's session as the machine sees it: its sleep, and whether it is locked or idle (`org.freedesktop.login1`,
/// which is logind or elogind). It may be absent, come and go; what is not known is nil.
///
/// `isLocked` is what the session's own desktop says. GNOME and Plasma do; a bare compositor with a locker of its own
/// (sway with swaylock, Hyprland with hyprlock) says nothing and is "not locked" to logind whatever its screen shows.
package final class LoginSession {
  static let name = "org.freedesktop.login1"
  static let path = "/org/freedesktop/login1"
  static let manager = "org.freedesktop.login1.Manager"

  /// The machine is about to sleep: `letSleep` is to be called as soon as nothing is in the way.
  package var onSleep: () -> Void = {}
  /// The machine is awake again, or logind went away while it was about to sleep and will not tell any more.
  package var onWake: () -> Void = {}
  /// `isPresent`, `isLocked` or `isIdle` changed.
  package var onChange: () -> Void = {}
  /// The first answer is there: from now on what is not known is not known by logind either. Told once.
  package var onSettle: () -> Void = {}
  /// Whether the first answer is there.
  package private(set) var isSettled = false { didSet { if isSettled, !oldValue { onSettle() } } }

  /// Whether logind is there.
  package var isPresent: Bool { presence?.owner != nil }
  /// The session's `LockedHint`; nil where logind does not say. One that was restarted has it as false:
  /// `ScreenLock` knows better.
  package private(set) var isLocked: Bool?
  /// Whether nobody has used the session for a while; nil where nobody says.
  package private(set) var isIdle: Bool?
  /// Whether sleep waits for `letSleep`.
  package var holdsSleep: Bool { lock != nil }

  private let bus: Bus
  private let who: String
  private let why: String
  private let screenLock: ScreenLock
  private let user: UInt32
  private var presence: ServicePresence?
  private var signals: BusSlot?
  private var unlocks: BusSlot?
  private var properties: BusSlot?
  private var lock: SleepLock?
  /// The object of the session; nil while none is known.
  private var session: String?
  private var isGoingToSleep = false
  private var wasThere = false

  /// Starts to look for logind. The callbacks come later, from the main queue, and stop with the bus.
  /// - Parameters:
  ///   - bus: the system bus.
  ///   - screenLock: is told of the session's lock.
  ///   - who: who holds off sleep, and `why`, for people (`systemd-inhibit --list`).
  package init(
    on bus: Bus, screenLock: ScreenLock = ScreenLock(), who: String = "rituald",
    why: String = "Write down what happened", user: UInt32 = getuid()
  ) throws(BusError) {
    self.bus = bus
    self.screenLock = screenLock
    self.who = who
    self.why = why
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
    // Of all sessions and users, of which a machine has few: which one is ours is not known yet, and changes.
    properties = try bus.match(
      """
      type='signal',sender='\(Self.name)',path_namespace='\(Self.path)',\
      interface='org.freedesktop.DBus.Properties',member='PropertiesChanged'
      """
    ) { [weak self] message in self?.propertiesChanged(message) }
    presence = try ServicePresence(Self.name, on: bus) { [weak self] owner in
      if owner == nil { self?.vanish() } else { self?.appear() }
    }
  }

  /// Nothing is in the way of sleep any more. Harmless at other times; the next sleep is held off again.
  package func letSleep() {
    guard isGoingToSleep else { return }
    lock = nil
  }

  private func appear() {
    wasThere = true
    isGoingToSleep = false
    inhibit()
    findSession()
    onChange()
  }

  private func vanish() {
    defer { isSettled = true }
    // That it is not there at the start is no change.
    guard wasThere else { return }
    wasThere = false
    screenLock.logindVanished()
    // Its locks go with it, or are taken over by the next one; either way a new one is to be had.
    lock = nil
    session = nil
    isLocked = nil
    isIdle = nil
    let slept = isGoingToSleep
    isGoingToSleep = false
    if slept { onWake() }
    onChange()
  }

  private func inhibit() {
    ask(
      "Inhibit",
      { [who, why] message throws(BusError) in
        for text in ["sleep", who, why, "delay"] { try message.append(text) }
      },
      read: { message throws(BusError) in
        try SleepLock(sharing: message.readDescriptor())
      }
    ) { [weak self] result in
      // Refused, sleep is told of all the same, only not held off.
      guard let self, !isGoingToSleep, case .success(let new) = result else { return }
      lock = new
    }
  }

  private func signal(_ message: borrowing BusMessage) {
    guard message.sender == presence?.owner else { return }
    switch message.member {
    case "PrepareForSleep":
      guard let begins = try? message.readBool(), begins != isGoingToSleep else { return }
      isGoingToSleep = begins
      if begins {
        onSleep()
      } else {
        inhibit()
        onWake()
      }
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

  /// A service of the user's manager is in no session itself; the session is the one that shows the user's display.
  private func findSession() {
    ask(
      "GetUser", { [user] message throws(BusError) in try message.append(user) },
      read: { message throws(BusError) in try message.readPath() }
    ) { [weak self] result in
      guard let self else { return }
      guard case .success(let user) = result else { return use(nil) }
      get("Display", of: "User", at: user, read: { message throws(BusError) in try message.readNamedPath() })
      {
        [weak self] path in self?.use(path.flatMap { $0 == "/" ? nil : $0 })
      }
    }
  }

  private func use(_ path: String?) {
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
    get("LockedHint", of: "Session", at: session, read: read) { [weak self] isLocked in
      guard let self, session == self.session else { return }
      get("IdleHint", of: "Session", at: session, read: read) { [weak self] isIdle in
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

  private func get<Value>(
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
