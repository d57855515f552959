import Control
import Desktop
import Dispatch
import Glibc
import Logging
import Varlink

/// A daemon that cannot work, for a reason that the user or time can mend: a journal of a later version, a
/// folder of somebody else's. It answers every call with the reason, and tries again to start until that is
/// gone.
///
/// Ending would not do: the service manager would start it for each call anew, until it gives up for good,
/// and the reason would stand in the log alone.
final class Standby {
  /// It is time to try to start.
  var onTry: () -> Void = {}

  private static let pause = DispatchTimeInterval.seconds(5)

  private let service: VarlinkService
  private let manager = ServiceManager()
  private let log: Logger
  private let timer: any DispatchSourceTimer
  private var reason: String?

  init(_ service: VarlinkService, _ signals: Signals, log: Logger) {
    self.service = service
    self.log = log
    timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now() + Self.pause, repeating: Self.pause, leeway: .milliseconds(500))
    timer.setEventHandler { [unowned self] in onTry() }
    timer.activate()
    signals.onReload = { [unowned self] in onTry() }
    signals.onStop = { [unowned self] in stop() }
    signals.start()
  }

  isolated deinit { timer.cancel() }

  /// Answers every call with `reason` from now on. It is logged once for as long as it stays the same.
  func refuse(_ reason: String) {
    guard reason != self.reason else { return }
    self.reason = reason
    service.refusal = NotWorking(reason: reason)
    log.critical("\(reason)", metadata: ["event": "not-working"])
    tell { try $0.ready(status: reason) }
  }

  private func stop() -> Never {
    tell { try $0.stopping() }
    log.info("Stopped", metadata: ["event": "stopped"])
    // Not exit(3): see `Daemon.end`.
    _exit(EXIT_SUCCESS)
  }

  private func tell(_ message: (ServiceManager) throws -> Void) {
    do { try message(manager) } catch { log.failure(.warning, "The service manager cannot be told", error) }
  }
}
