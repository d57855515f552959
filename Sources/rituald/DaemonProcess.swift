import CLinux
import Control
import Desktop
import Dispatch
import Glibc
import Journal
import Logging
import Varlink

/// The running process: its control socket, and the daemon, or a standby until the daemon can work.
final class DaemonProcess {
  private let log: Logger
  private let paths: Paths
  private let signals: Signals
  private let service: VarlinkService
  /// Fed in a standby, too: the process works as intended.
  private let watchdog: Watchdog?
  private var daemon: Daemon?
  private var control: ControlService?
  private var standby: Standby?
  private let renewal: Renewal?

  /// Opens the socket first: a second daemon ends here and changes nothing. Throws only if no socket can tell
  /// `ritualctl` the reason.
  init(_ log: Logger) throws(StartupError) {
    // New files are private.
    umask(0o077)
    self.log = log
    paths = Paths(environment: { getenv($0).map { String(cString: $0) } }, user: getuid())
    watchdog = Watchdog(ServiceManager())
    renewal = Renewal(log)
    do {
      signals = try Signals()
      let socket = try Self.socket(paths)
      service = try ControlService.service(log)
      startDaemon()
      try service.listen(on: socket)
    } catch let error as ListeningSocketError {
      throw StartupError(error)
    } catch {
      throw StartupError("\(error)", status: EX_OSERR)
    }
    daemon?.reportReady()
    connectRenewal()
    // The heap of a start is mostly free by then. glibc returns it to the system only when asked.
    DispatchQueue.main.asyncAfter(deadline: .now() + .seconds(10)) { ritual_trim_heap() }
  }

  /// A standby is asked too: the new program may be the one that can read the journal.
  private func connectRenewal() {
    renewal?.isQuiet = { [unowned self] in daemon?.isQuiet != false && !service.isAnswering }
    renewal?.format = { [unowned self] in daemon == nil ? 0 : Vocabulary.format }
    renewal?.run = { [unowned self] program in
      log.notice("Going on with the new program", metadata: ["event": "renewed"])
      daemon?.letGo()
      Restart.now(with: program, log: log)
    }
    renewal?.check()
  }

  func run() -> Never {
    withExtendedLifetime(self) { dispatchMain() }
  }

  /// Starts the daemon, or a standby if it cannot be started.
  private func startDaemon() {
    do {
      let journal = try JournalWriter(at: paths.journal, log: log)
      let daemon = try Daemon(paths: paths, journal: journal, log: log)
      daemon.renewalFailure = { [unowned self] in renewal?.failure }
      control = ControlService(daemon, on: service)
      daemon.start(signals)
      self.daemon = daemon
      standby = nil
      service.refusal = nil
    } catch {
      startStandby("\(error)")
    }
  }

  private func startStandby(_ reason: String) {
    let standby = standby ?? Standby(service, signals, log: log)
    standby.onTry = { [unowned self] in
      startDaemon()
      daemon?.reportReady()
    }
    standby.refuse(reason)
    self.standby = standby
  }

  /// The socket that the service manager passed, or a new one.
  private static func socket(_ paths: Paths) throws -> ListeningSocket {
    let passed = try ActivatedSocket.handedOver()
    guard let first = passed.first else { return try ListeningSocket(at: paths.socket) }
    for more in passed.dropFirst() { close(more.descriptor) }
    return try ListeningSocket(inherited: first.descriptor)
  }
}
