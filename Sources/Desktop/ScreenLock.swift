/// The lock of the screen, by the word of logind and of screen savers, and across their deaths.
///
/// logind forgets `LockedHint` when it restarts, and a screen saver that crashed leaves the screen in an
/// unknown state. So a screen that was known to be locked counts as locked until an unlock is seen: logind's
/// signal `Unlock`; a witness whose word turns from locked to unlocked within one life of its own; a screen
/// saver that comes back and says so of itself; or the end of the session that was locked.
package final class ScreenLock {
  /// `isLocked` or `isRemembered` changed.
  package var onChange: () -> Void = {}

  /// True where the screen is locked or counts as locked; nil where neither logind nor a screen saver says.
  package var isLocked: Bool? {
    if words.values.contains(true) || !remembered.isEmpty { return true }
    return words.isEmpty ? nil : false
  }

  /// True where it counts as locked only because no unlock was seen: no witness says so at present.
  package var isRemembered: Bool { !remembered.isEmpty && !words.values.contains(true) }

  /// One who can tell.
  private enum Witness: Hashable {
    /// A session of logind's, by its object.
    case session(String)
    /// A screen saver, by its name on the bus.
    case screenSaver(String)
  }

  /// The last word of each witness in its present life: true is locked.
  private var words: [Witness: Bool] = [:]
  /// The witnesses whose last word in an earlier life was that it is locked, while no unlock was seen.
  private var remembered: Set<Witness> = []
  /// The last session that was the user's.
  private var session: String?

  package init() {}

  /// logind says that the session which shows the user's display is locked or not; nil while it has not said.
  func sessionSays(_ isLocked: Bool?, _ session: String) {
    step {
      if let former = self.session, former != session {
        // The user has logged in anew: whatever was locked is behind them.
        words[.session(former)] = nil
        remembered = []
      }
      self.session = session
      if let isLocked {
        hear(isLocked, from: .session(session))
      } else if words[.session(session)] == false {
        words[.session(session)] = nil
      }
    }
  }

  /// logind told a session to unlock.
  func sessionUnlocked(_ session: String) {
    if session == self.session { step { remembered = [] } }
  }

  /// A session is over.
  func sessionEnded(_ session: String) {
    guard session == self.session else { return }
    step {
      words[.session(session)] = nil
      remembered = []
    }
  }

  /// logind is gone, or its bus.
  package func logindVanished() {
    step { if let session { lose(.session(session)) } }
  }

  /// A screen saver says that it is active or not.
  func screenSaverSays(_ isActive: Bool, _ name: String) {
    step {
      // It speaks for its earlier life too.
      remembered.remove(.screenSaver(name))
      hear(isActive, from: .screenSaver(name))
    }
  }

  /// A screen saver is gone.
  func screenSaverVanished(_ name: String) { step { lose(.screenSaver(name)) } }

  /// The bus of the screen savers is gone.
  package func screenSaversVanished() {
    step { for case .screenSaver(let name) in Array(words.keys) { lose(.screenSaver(name)) } }
  }

  private func hear(_ isLocked: Bool, from witness: Witness) {
    let before = words.updateValue(isLocked, forKey: witness)
    if before == true, !isLocked { remembered = [] }
  }

  private func lose(_ witness: Witness) {
    if words.removeValue(forKey: witness) == true { remembered.insert(witness) }
  }

  /// Does something, and tells of what changed by it.
  private func step(_ change: () -> Void) {
    let before = (isLocked, isRemembered)
    change()
    if before != (isLocked, isRemembered) { onChange() }
  }
}
