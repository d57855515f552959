import Glibc

/// logind on a private bus, with one user and one session, as far as a user's program sees it.
package final class FakeLogind {
  private static let name = "org.freedesktop.login1"
  private static let path = "/org/freedesktop/login1"
  private static let userPath = "/org/freedesktop/login1/user/_self"
  package static let session = "/org/freedesktop/login1/session/_31"

  /// The unique name of the last caller.
  package var caller: String? { service.caller }

  private let service: FakeService

  /// - Parameter session: the session that shows the user's display, if any.
  package init(
    on bus: PrivateBus, session: String? = FakeLogind.session, isLocked: Bool? = false, isIdle: Bool? = false
  ) throws(RigError) {
    service = try FakeService(Self.name, on: bus) { service in
      Self.show(session, by: service, tells: false)
      for path in [Self.session, session].compactMap(\.self) {
        Self.set("LockedHint", isLocked, of: path, by: service, tells: false)
        Self.set("IdleHint", isIdle, of: path, by: service, tells: false)
      }
      service.methods["GetUser"] = { arguments in
        arguments == [.number(Int64(getuid()))] ? [.path(Self.userPath)] : nil
      }
    }
  }

  isolated deinit { die() }

  package func die() { service.die() }

  package func set(
    _ hint: String, _ value: Bool?, of session: String = FakeLogind.session, tells: Bool = true
  ) {
    Self.set(hint, value, of: session, by: service, tells: tells)
  }

  /// Tells a session to unlock, as `loginctl unlock-session` does.
  package func unlock(_ session: String = FakeLogind.session) {
    service.emit("Unlock", of: "\(Self.name).Session", at: session, [])
  }

  /// Ends a session.
  package func end(_ session: String = FakeLogind.session) {
    service.emit("SessionRemoved", of: "\(Self.name).Manager", at: Self.path, [.text("1"), .path(session)])
  }

  /// Makes another session show the user's display; nil for none.
  package func show(_ session: String?) {
    Self.show(session, by: service, tells: true)
  }

  private static func show(_ session: String?, by service: FakeService, tells: Bool) {
    service.set(
      "Display", of: "\(name).User", at: userPath, to: .namedPath(session == nil ? "" : "1", session ?? "/"),
      tells: tells)
  }

  private static func set(
    _ hint: String, _ value: Bool?, of session: String, by service: FakeService, tells: Bool
  ) {
    service.set(hint, of: "\(name).Session", at: session, to: value.map { .flag($0) }, tells: tells)
  }
}
