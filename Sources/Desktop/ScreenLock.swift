/// The lock of the screen, as logind and screen savers report it, and across their restarts.
///
/// logind forgets `LockedHint` when it restarts, and a crashed screen saver leaves the screen in an unknown
/// state. So a locked screen counts as locked until an unlock is seen: logind's signal `Unlock`; a witness
/// that changes from locked to unlocked within one life of its own; a screen saver that comes back and
/// reports itself inactive; or the end of the locked session.
package final class ScreenLock {
  /// `isLocked` or `isRemembered` changed.
  package var onChange: () -> Void = {}

  /// True if the screen is locked or counts as locked; nil if neither logind nor a screen saver says.
  package var isLocked: Bool? {
    if reports.values.contains(true) || !remembered.isEmpty { return true }
    return reports.isEmpty ? nil : false
  }

  /// True if the screen counts as locked only because no unlock was seen: no witness reports a lock at
  /// present.
  package var isRemembered: Bool { !remembered.isEmpty && !reports.values.contains(true) }

  /// A source of the lock's state.
  private enum Witness: Hashable {
    /// A session of logind, by its object's path.
    case session(String)
    /// A screen saver, by its bus name.
    case screenSaver(String)
  }

  /// The last report of each witness in its present life: true is locked.
  private var reports: [Witness: Bool] = [:]
  /// The witnesses whose last report in an earlier life was "locked", while no unlock was seen.
  private var remembered: Set<Witness> = []
  /// The user's last known session.
  private var session: String?

  package init() {}

  /// logind reports the lock of the session that shows the user's display; nil means no report yet.
  func sessionSays(_ isLocked: Bool?, _ session: String) {
    update {
      if let former = self.session, former != session {
        // The user has logged in again, so an earlier session's lock is over.
        reports[.session(former)] = nil
        remembered = []
      }
      self.session = session
      if let isLocked {
        record(isLocked, from: .session(session))
      } else if reports[.session(session)] == false {
        reports[.session(session)] = nil
      }
    }
  }

  /// logind told a session to unlock.
  func sessionUnlocked(_ session: String) {
    if session == self.session { update { remembered = [] } }
  }

  /// A session has ended.
  func sessionEnded(_ session: String) {
    guard session == self.session else { return }
    update {
      reports[.session(session)] = nil
      remembered = []
    }
  }

  /// logind or the system bus is gone.
  package func logindVanished() {
    update { if let session { witnessVanished(.session(session)) } }
  }

  /// A screen saver reports that it is active or not.
  func screenSaverSays(_ isActive: Bool, _ name: String) {
    update {
      // The report covers its earlier life too.
      remembered.remove(.screenSaver(name))
      record(isActive, from: .screenSaver(name))
    }
  }

  /// A screen saver is gone.
  func screenSaverVanished(_ name: String) { update { witnessVanished(.screenSaver(name)) } }

  /// The bus of the screen savers is gone.
  package func screenSaversVanished() {
    update { for case .screenSaver(let name) in Array(reports.keys) { witnessVanished(.screenSaver(name)) } }
  }

  private func record(_ isLocked: Bool, from witness: Witness) {
    let before = reports.updateValue(isLocked, forKey: witness)
    if before == true, !isLocked { remembered = [] }
  }

  private func witnessVanished(_ witness: Witness) {
    if reports.removeValue(forKey: witness) == true { remembered.insert(witness) }
  }

  /// Makes a change, and calls `onChange` if it changed the result.
  private func update(_ change: () -> Void) {
    let before = (isLocked, isRemembered)
    change()
    if before != (isLocked, isRemembered) { onChange() }
  }
}
