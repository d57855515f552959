import CLinux
import CivilTime
import Descriptors
import Glibc
import ICalendar
import Schedules
import SystemZones
import Vdir

/// A trial reading of a calendar file, in a process that may die of it.
nonisolated enum CalendarTrial {
  static let option = "--try-calendar"

  /// The child's time in seconds. A file takes milliseconds.
  private static let patience: UInt32 = 10

  /// Reads the file whose path comes on standard input, as the daemon reads a calendar's folder, and returns
  /// if the process survives. If it dies, no core dump gets the words, and no argument has the file's name.
  static func read() {
    ritual_hide_memory()
    // An alarm ends it: the daemon's sandbox may forbid to kill a process.
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

  /// The path that comes on standard input; nil if it is not UTF-8.
  private static func given() -> String? {
    guard let bytes = try? Descriptor.bytes(from: STDIN_FILENO, upTo: Int(PATH_MAX)) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// A socket from which a path can be read; nil if none can be made. A pipe of Glibc's would not be
  /// close-on-exec from its first moment: a process that another thread starts could inherit the other end
  /// and keep it open.
  private static func socket(holding path: String) -> Int32? {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard path.utf8.count < Int(PATH_MAX), socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
    let bytes = Array(path.utf8)
    // A new socket has room for a path.
    let count = send(ends[1], bytes, bytes.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
    close(ends[1])
    guard count == bytes.count else {
      close(ends[0])
      return nil
    }
    return ends[0]
  }

  /// Lets another process of this program read a file. Returns true if the process survives; false also if
  /// none can be started.
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
    // A child that waits for a dead disk is left alone: it ends when the disk answers.
    let hasEnded = handle >= 0 && poll(&watched, 1, Int32(patience + 1) * 1000) == 1
    var status: Int32 = 0
    guard waitpid(child, &status, hasEnded ? 0 : WNOHANG) == child else { return false }
    return hasEnded && status == 0
  }
}
