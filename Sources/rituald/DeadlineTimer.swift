import CLinux
import CivilTime
import Dispatch
import Glibc
import SystemZones

/// The daemon's one timer: it fires at an instant of the wall clock, and never before. Time asleep counts,
/// because the instant is absolute.
final class DeadlineTimer {
  /// Called at the instant.
  var onTime: () -> Void = {}

  private let source: any DispatchSourceTimer
  private var deadline: Instant?

  init() {
    source = DispatchSource.makeTimerSource(queue: .main)
    source.setEventHandler { [unowned self] in fire() }
    // Armed from the beginning: Dispatch opens its descriptor then, while there still are free ones.
    arm()
    source.activate()
  }

  /// Sets the instant; nil for none. The timer fires at once for an instant of the past.
  func set(_ deadline: Instant?) {
    guard deadline != self.deadline else { return }
    self.deadline = deadline
    arm()
  }

  /// Arms the timer again, for the same instant by the new clock.
  func clockWasSet() { arm() }

  private func fire() {
    // The clock may have been set back since the kernel fired the timer.
    guard let deadline, deadline <= SystemClock.now else { return arm() }
    self.deadline = nil
    onTime()
  }

  /// The end of the instants that Dispatch can wait for, in the year 2115: it has 62 bits for nanoseconds
  /// since 1970, and takes later times for "never" (dispatch_walltime in its time.c), and also times up to
  /// 1970.
  private static let limit = Instant(seconds: 4_600_000_000)
  /// Microseconds until the next try, by a clock beyond that.
  private static let pause: Int64 = 3_600_000_000

  private func arm() {
    let now = SystemClock.now
    guard now < Self.limit else {
      // The clock is wrong. The watch reports when it is corrected.
      let left = deadline.map { min(max(now.microseconds(until: $0), 0), Self.pause) } ?? Self.pause
      return source.schedule(deadline: .now() + .microseconds(Int(left)))
    }
    let microseconds = Int(min(max(deadline ?? Self.limit, Instant(seconds: 1)), Self.limit).microseconds)
    let time = timespec(tv_sec: microseconds / 1_000_000, tv_nsec: microseconds % 1_000_000 * 1000)
    source.schedule(wallDeadline: DispatchWallTime(timespec: time))
  }
}
