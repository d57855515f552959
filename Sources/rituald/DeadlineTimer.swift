import CLinux
import CivilTime
import Dispatch
import Glibc
import SystemZones

/// The daemon's one timer: it goes off when an instant of the wall clock has come, and never before. Time
/// asleep counts, because the instant is absolute.
final class DeadlineTimer {
  /// The instant has come.
  var onTime: () -> Void = {}

  private let source: any DispatchSourceTimer
  private var deadline: Instant?

  init() {
    source = DispatchSource.makeTimerSource(queue: .main)
    source.setEventHandler { [unowned self] in fire() }
    // Armed from the beginning, so that Dispatch has its descriptor before others can have used up all there
    // are.
    arm()
    source.activate()
  }

  /// Sets the instant to go off at; nil for none. One that is past goes off at once.
  func set(_ deadline: Instant?) {
    guard deadline != self.deadline else { return }
    self.deadline = deadline
    arm()
  }

  /// Waits for the same instant by a clock that was set.
  func clockWasSet() { arm() }

  private func fire() {
    // Set back on the way from the kernel to here, the clock says that it is not time yet.
    guard let deadline, deadline <= SystemClock.now else { return arm() }
    self.deadline = nil
    onTime()
  }

  /// The first instant that a wall time of Dispatch cannot be trusted with, in the year 2115: it has 62 bits
  /// for its nanoseconds since 1970, and takes what does not fit for "never" (dispatch_walltime in its
  /// time.c). So it does with what is not later than 1970.
  private static let limit = Instant(seconds: 4_600_000_000)
  /// How long is waited by a clock that is beyond that, until it is looked at again.
  private static let pause: Int64 = 3_600_000_000

  private func arm() {
    let now = SystemClock.now
    guard now < Self.limit else {
      // The clock is wrong, and the watch tells when it is put right.
      let left = deadline.map { min(max(now.microseconds(until: $0), 0), Self.pause) } ?? Self.pause
      return source.schedule(deadline: .now() + .microseconds(Int(left)))
    }
    let microseconds = Int(min(max(deadline ?? Self.limit, Instant(seconds: 1)), Self.limit).microseconds)
    let time = timespec(tv_sec: microseconds / 1_000_000, tv_nsec: microseconds % 1_000_000 * 1000)
    source.schedule(wallDeadline: DispatchWallTime(timespec: time))
  }
}
