import Dispatch
import Glibc

/// logind on a private bus, with one user and one session, as far as a user's program sees it.
package final class FakeLogind {
  private static let name = "org.freedesktop.login1"
  private static let path = "/org/freedesktop/login1"
  private static let userPath = "/org/freedesktop/login1/user/_self"
  package static let session = "/org/freedesktop/login1/session/_31"

  /// The taking and the release of an inhibitor lock.
  package enum Lock: Hashable, Sendable {
    /// The arguments: what is inhibited, by whom, why, and how.
    case taken([BusValue])
    case released
  }
  package let locks = Mailbox<Lock>("a sleep lock")

  /// The number of locks that are held now.
  package private(set) var held = 0
  /// If true, every lock is refused.
  package var refuses = false

  /// The unique name of the last caller.
  package var caller: String? { service.caller }

  private let service: FakeService
  /// The watches of the locks' pipes, by their reading ends.
  private var sources: [Int32: any DispatchSourceRead] = [:]

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
    service.methods["Inhibit"] = { [weak self] arguments in self?.inhibit(arguments) }
  }

  isolated deinit {
    die()
  }

  /// Leaves the bus and closes its pipes.
  package func die() {
    service.die()
    for source in sources.values { source.cancel() }
    sources = [:]
  }

  package func prepareForSleep(_ begins: Bool) {
    service.emit("PrepareForSleep", of: "\(Self.name).Manager", at: Self.path, [.flag(begins)])
  }

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

  private func inhibit(_ arguments: [BusValue]) -> [FakeService.Value]? {
    guard !refuses, let pipe = try? Pipe() else { return nil }
    held += 1
    locks.put(.taken(arguments))
    // The pipe ends when all copies of its writing end are closed.
    let source = DispatchSource.makeReadSource(fileDescriptor: pipe.reading, queue: .main)
    source.setEventHandler { [weak self] in
      self?.sources.removeValue(forKey: pipe.reading)?.cancel()
      self?.held -= 1
      self?.locks.put(.released)
    }
    source.setCancelHandler { close(pipe.reading) }
    source.activate()
    sources[pipe.reading] = source
    // The message has its own copy once it is written; ours is closed after that.
    DispatchQueue.main.async { close(pipe.writing) }
    return [.descriptor(pipe.writing)]
  }
}
