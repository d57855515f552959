import CLinux
import CSystemd
import Glibc

/// The service manager that started this process, if there is one (sd_notify(3)). Without one, messages go
/// nowhere, which is no error.
nonisolated package struct ServiceManager {
  package init() {}

  /// True if a service manager listens.
  package var isPresent: Bool { getenv("NOTIFY_SOCKET") != nil }

  /// The longest allowed time between calls of `feedWatchdog`, from `WatchdogSec=`; nil without a watchdog.
  /// Call it at half of this time.
  package var watchdogInterval: Duration? {
    var microseconds: UInt64 = 0
    guard sd_watchdog_enabled(0, &microseconds) > 0 else { return nil }
    return .microseconds(Int64(clamping: microseconds))
  }

  /// The start or the reload is complete; `status` is a line for people.
  package func ready(status: String? = nil) throws(SystemCallError) {
    try send(["READY=1"] + (status.map { [Self.statusLine($0)] } ?? []))
  }

  /// Sends a line for people, which `systemctl status` shows. Every user of the machine can read it.
  package func report(status: String) throws(SystemCallError) {
    try send([Self.statusLine(status)])
  }

  /// The daemon is reading its configuration again; `ready` reports the end of it.
  package func reloading() throws(SystemCallError) {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    try send(["RELOADING=1", "MONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1000)"])
  }

  /// The daemon has begun to stop.
  package func stopping() throws(SystemCallError) {
    try send(["STOPPING=1"])
  }

  /// Tells the watchdog that the process is alive.
  package func feedWatchdog() throws(SystemCallError) {
    try send(["WATCHDOG=1"])
  }

  /// An assignment is one line, so the text must be one line.
  private static func statusLine(_ status: String) -> String {
    "STATUS=\(PlainText.line(status))"
  }

  private func send(_ assignments: [String]) throws(SystemCallError) {
    try SystemCallError.check(
      sd_notify(0, assignments.joined(separator: "\n")), "notify the service manager of \(assignments[0])")
  }
}
