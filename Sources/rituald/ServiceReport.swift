import Desktop
import Logging

/// Reports the state of this process to the service manager. A report that fails is logged: the daemon can
/// work without a service manager.
struct ServiceReport {
  private let manager = ServiceManager()
  private let log: Logger

  init(_ log: Logger) { self.log = log }

  /// The start or the reload is complete; `status` is a line for people.
  func ready(_ status: String) { send { try $0.ready(status: status) } }

  /// The configuration is being read; `ready` follows.
  func reloading() { send { try $0.reloading() } }

  func status(_ line: String) { send { try $0.report(status: line) } }

  /// The process ends on request. The log gets a line, too.
  func stopping() {
    send { try $0.stopping() }
    log.info("Stopped", metadata: ["event": "stopped"])
  }

  private func send(_ message: (ServiceManager) throws -> Void) {
    do { try message(manager) } catch { log.failure(.warning, "The service manager cannot be told", error) }
  }
}
