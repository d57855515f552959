import ArgumentParser
import CLinux
import CivilTime
import Descriptors
import Glibc

/// An instant of the wall clock to wake up at, asleep or not (timerfd_create(2)).
final class Alarm {
  private let descriptor: Int32
  /// Whether the clock was set and nothing has rung for it yet.
  private var wasClockSet = false

  init() throws {
    descriptor = timerfd_create(CLOCK_REALTIME, Int32(TFD_CLOEXEC) | Int32(TFD_NONBLOCK))
    guard descriptor >= 0 else {
      throw Failure.exit("cannot make a timer: \(ErrorNumber.last)", status: EX_OSERR)
    }
  }

  deinit { close(descriptor) }

  /// Nil for none. A clock that is set goes off, too.
  func set(_ instant: Instant?) {
    var time = itimerspec()
    // Without an instant it is still armed, far away: only an armed timer hears that the clock was set.
    let microseconds = max(1, instant?.microseconds ?? (1 << 40) * 1_000_000)
    time.it_value.tv_sec = Int(microseconds / 1_000_000)
    time.it_value.tv_nsec = Int(microseconds % 1_000_000) * 1000
    let flags = Int32(TFD_TIMER_ABSTIME) | Int32(TFD_TIMER_CANCEL_ON_SET)
    // It is armed then, and has told here what it will not tell again.
    if timerfd_settime(descriptor, flags, &time, nil) != 0, errno == ECANCELED { wasClockSet = true }
  }

  /// Waits until something can be read from a socket; calls `ring` each time the alarm goes off meanwhile. Ends the program
  /// where nobody reads what it prints any more.
  func wait(for socket: Int32, _ ring: () throws -> Void) throws {
    while true {
      if wasClockSet {
        wasClockSet = false
        try ring()
        continue
      }
      var waiting = [
        pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: STDOUT_FILENO, events: 0, revents: 0),
      ]
      guard poll(&waiting, 3, -1) > 0 else { continue }
      if waiting[2].revents & Int16(POLLERR | POLLHUP) != 0 { throw ExitCode.success }
      if waiting[1].revents != 0 {
        var expirations: UInt64 = 0
        // Cancelled because the clock was set, it has to be armed anew; `ring` does.
        _ = read(descriptor, &expirations, MemoryLayout<UInt64>.size)
        try ring()
      }
      if waiting[0].revents != 0 { return }
    }
  }
}
