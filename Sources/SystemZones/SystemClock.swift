package import CivilTime
import Glibc

/// The machine's wall clock.
package enum SystemClock {
  /// CLOCK_REALTIME, rounded down to the microsecond.
  package static var now: Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }
}
