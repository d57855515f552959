import CLinux
import CSystemd
import Glibc

/// The service manager that started this process, where there is one (sd_notify(3)). Without one, every message
/// goes nowhere and that is fine.
nonisolated package struct ServiceManager {
  package init() {}

  /// Whether there is one that listens.
  package var isPresent: Bool { getenv("NOTIFY_SOCKET") != nil }

  /// How often `feedWatchdog` must be called at least, from `WatchdogSec=`; nil where nobody watches. Half of it
  /// is a good rhythm.
  package var watchdogInterval: Duration? {
    var microseconds: UInt64 = 0
    guard sd_watchdog_enabled(0, &microseconds) > 0 else { return nil }
    return .microseconds(Int64(clamping: microseconds))
  }

  /// The start is done, or the reload is; `status` is a line for people.
  package func ready(status: String? = nil) throws(SystemCallError) {
    try send(["READY=1"] + (status.map { [Self.statusLine($0)] } ?? []))
  }

  /// A line for people, shown by `systemctl status`. It is in everyone's sight.
  package func report(status: String) throws(SystemCallError) {
    try send([Self.statusLine(status)])
  }

  /// The configuration is being read anew; `ready` tells when that is done.
  package func reloading() throws(SystemCallError) {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    try send(["RELOADING=1", "MONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1000)"])
  }

  /// The end has begun.
  package func stopping() throws(SystemCallError) {
    try send(["STOPPING=1"])
  }

  /// The process is alive and well.
  package func feedWatchdog() throws(SystemCallError) {
    try send(["WATCHDOG=1"])
  }

  /// One assignment a line, so the text may have only one.
  private static func statusLine(_ status: String) -> String {
    "STATUS=\(PlainText.line(status))"
  }

  private func send(_ assignments: [String]) throws(SystemCallError) {
    try SystemCallError.check(
      sd_notify(0, assignments.joined(separator: "\n")), "tell the service manager \(assignments[0])")
  }
}
