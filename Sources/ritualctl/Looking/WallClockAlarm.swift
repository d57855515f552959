import ArgumentParser
import CLinux
import CivilTime
import Descriptors
import Glibc

/// A timer for an instant of the wall clock, which rings also where the clock is set (timerfd_create(2)).
final class WallClockAlarm {
  private let descriptor: Int32
  /// The clock was set, and the alarm has not rung for that yet.
  private var wasClockSet = false

  init() throws {
    descriptor = timerfd_create(CLOCK_REALTIME, Int32(TFD_CLOEXEC) | Int32(TFD_NONBLOCK))
    guard descriptor >= 0 else {
      throw Failure("cannot make a timer: \(ErrorNumber.last)", status: EX_OSERR)
    }
  }

  deinit { close(descriptor) }

  /// Sets the alarm to an instant, or to none.
  func set(_ instant: Instant?) {
    var time = itimerspec()
    // Without an instant the timer is armed far ahead: only an armed timer hears that the clock was set.
    let microseconds = max(1, instant?.microseconds ?? (1 << 40) * 1_000_000)
    time.it_value.tv_sec = Int(microseconds / 1_000_000)
    time.it_value.tv_nsec = Int(microseconds % 1_000_000) * 1000
    let flags = Int32(TFD_TIMER_ABSTIME) | Int32(TFD_TIMER_CANCEL_ON_SET)
    // The timer is armed all the same, and does not tell a second time that the clock was set.
    if timerfd_settime(descriptor, flags, &time, nil) != 0, errno == ECANCELED { wasClockSet = true }
  }

  /// Waits until a socket has something to read, and calls `ring` each time the alarm rings meanwhile. Ends
  /// the program where the reader of standard output is gone.
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
        // A timer that was cancelled because the clock was set has to be armed anew; `ring` does that.
        _ = read(descriptor, &expirations, MemoryLayout<UInt64>.size)
        try ring()
      }
      if waiting[0].revents != 0 { return }
    }
  }
}
