import CLinux
import CivilTime
import Descriptors
import Glibc
import ICalendar
import Schedules
import SystemZones
import Vdir

/// Reads a calendar file for another process, which wants to know whether it would live on.
nonisolated enum CalendarTrial {
  static let option = "--try-calendar"

  /// How long the child may take, in seconds; a file is read in milliseconds.
  private static let patience: UInt32 = 10

  /// Reads the file whose path comes on standard input, as a calendar's folder is read, and comes back
  /// where that can be survived. Where it cannot, what is kept of dead processes gets neither the file's
  /// name nor its words: it is no argument, and no core is dumped.
  static func read() {
    ritual_hide_memory()
    // It ends itself: a sandbox in which no process may be killed holds what has taken over this one, too.
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    alarm(patience)
    guard let path = given(), let bytes = try? VdirFile.bytes(path) else { return }
    let year = Zone.utc.local(at: Instant(seconds: Int64(time(nil)))).civil.date.year
    let zones = CalendarZones(SystemZones(), year: year)
    guard let file = try? CalendarFile(parsing: bytes, zones: zones) else { return }
    for ritual in file.series.flatMap({ (try? $0.rituals(zones: zones)) ?? [] }) {
      _ = ritual.schedule.next(after: Instant(seconds: 0), in: .utc)
    }
  }

  /// All that comes on standard input, as a path; nil where it is none.
  private static func given() -> String? {
    guard let bytes = try? Descriptor.bytes(from: STDIN_FILENO, upTo: Int(PATH_MAX)) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// A socket with a path in it, to be read to its end; nil where there is none to be had. No pipe: this one
  /// is close-on-exec from its first moment, and a process that another thread starts never has the other
  /// end, which would keep this one from an end.
  private static func socket(holding path: String) -> Int32? {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard path.utf8.count < Int(PATH_MAX), socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
    let bytes = Array(path.utf8)
    // A new socket has room for a path; nobody waits.
    let count = send(ends[1], bytes, bytes.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
    close(ends[1])
    guard count == bytes.count else {
      close(ends[0])
      return nil
    }
    return ends[0]
  }

  /// Has another process of this program read a file. Where none can be started nobody knows, and the file is
  /// not read.
  static func isHarmless(_ path: String) -> Bool {
    guard let input = socket(holding: path) else { return false }
    defer { close(input) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    let command = ["rituald", option]
    var words = command.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var child: pid_t = 0
    guard posix_spawn(&child, "/proc/self/exe", &actions, nil, &words, environ) == 0 else { return false }
    let handle = ritual_pidfd(child)
    defer { if handle >= 0 { close(handle) } }
    var watched = pollfd(fd: handle, events: Int16(POLLIN), revents: 0)
    // One that a dead disk holds ends when the disk answers, and is not waited for any longer.
    let hasEnded = handle >= 0 && poll(&watched, 1, Int32(patience + 1) * 1000) == 1
    var status: Int32 = 0
    guard waitpid(child, &status, hasEnded ? 0 : WNOHANG) == child else { return false }
    return hasEnded && status == 0
  }
}
