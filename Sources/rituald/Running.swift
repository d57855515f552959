import CLinux
import Control
import Desktop
import Dispatch
import Glibc
import Journal
import Logging
import Varlink

/// The process from its control socket on: the daemon, or a standby until the daemon can work.
final class Running {
  private let log: Logger
  private let paths: Paths
  private let signals: Signals
  private let service: VarlinkService
  /// Fed in a standby too: that is alive and well.
  private let watchdog: Watchdog?
  private var daemon: Daemon?
  private var control: ControlService?
  private var standby: Standby?

  /// The socket comes first: of two daemons, the second ends here and touches nothing. Throws only where
  /// there is no way to tell `ritualctl` a reason.
  init(_ log: Logger) throws(StartupError) {
    // What is written here is its user's alone.
    umask(0o077)
    self.log = log
    paths = Paths(environment: { getenv($0).map { String(cString: $0) } }, user: getuid())
    watchdog = Watchdog(ServiceManager())
    do {
      signals = try Signals()
      let socket = try Self.socket(paths)
      service = try ControlService.service(log)
      begin()
      try service.listen(on: socket)
    } catch let error as ListeningSocketError {
      throw StartupError(error)
    } catch {
      throw StartupError("\(error)", status: EX_OSERR)
    }
    daemon?.ready()
    // The heap of a start is mostly free by then. glibc returns it to the system only when asked.
    DispatchQueue.main.asyncAfter(deadline: .now() + .seconds(10)) { ritual_trim_heap() }
  }

  func run() -> Never {
    withExtendedLifetime(self) { dispatchMain() }
  }

  /// Starts the daemon, or refuses every call until it can be started.
  private func begin() {
    do {
      let recorder = try Recorder(at: paths.journal, log: log)
      let daemon = try Daemon(paths: paths, recorder: recorder, log: log)
      control = ControlService(daemon, on: service)
      daemon.start(signals)
      self.daemon = daemon
      standby = nil
      service.refusal = nil
    } catch {
      refuse("\(error)")
    }
  }

  private func refuse(_ reason: String) {
    let standby = standby ?? Standby(service, signals, log: log)
    standby.onTry = { [unowned self] in
      begin()
      daemon?.ready()
    }
    standby.refuse(reason)
    self.standby = standby
  }

  /// The service manager's socket, or one of our own.
  private static func socket(_ paths: Paths) throws -> ListeningSocket {
    let handed = try ActivatedSocket.handedOver()
    guard let first = handed.first else { return try ListeningSocket(at: paths.socket) }
    for more in handed.dropFirst() { close(more.descriptor) }
    return try ListeningSocket(inherited: first.descriptor)
  }
}
