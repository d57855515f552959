import CLinux
import CivilTime
import Glibc
import ICalendar
import Schedules
import SystemZones
import Vdir

/// Reads a calendar file for another process, which wants to know whether it would live on.
nonisolated enum CalendarTrial {
  static let option = "--try-calendar"

  /// How long the child may take; a file is read in milliseconds.
  private static let patience: Int32 = 10_000

  /// Reads a file as a calendar's folder is read, and comes back where that can be survived.
  static func read(_ path: String) {
    guard let bytes = try? VdirFile.bytes(path) else { return }
    let year = Zone.utc.local(at: Instant(seconds: Int64(time(nil)))).civil.date.year
    let zones = CalendarZones(SystemZones(), year: year)
    guard let file = try? CalendarFile(parsing: bytes, zones: zones) else { return }
    for ritual in file.series.flatMap({ (try? $0.rituals(zones: zones)) ?? [] }) {
      _ = ritual.schedule.next(after: Instant(seconds: 0), in: .utc)
    }
  }

  /// Has another process of this program read a file. Where none can be started nobody knows, and the file is
  /// not read.
  static func isHarmless(_ path: String) -> Bool {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    let command = ["rituald", option, path]
    var words = command.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var child: pid_t = 0
    guard posix_spawn(&child, "/proc/self/exe", &actions, nil, &words, environ) == 0 else { return false }
    let handle = ritual_pidfd(child)
    defer { if handle >= 0 { close(handle) } }
    var watched = pollfd(fd: handle, events: Int16(POLLIN), revents: 0)
    let hasEnded = handle >= 0 && poll(&watched, 1, patience) == 1
    if !hasEnded {
      kill(child, SIGKILL)
      // One that a dead disk holds ends when the disk answers, and is not waited for any longer.
      _ = poll(&watched, 1, 1000)
    }
    var status: Int32 = 0
    guard waitpid(child, &status, hasEnded ? 0 : WNOHANG) == child else { return false }
    return hasEnded && status == 0
  }
}
