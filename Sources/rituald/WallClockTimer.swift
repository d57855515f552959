import CLinux
import CivilTime
import Desktop
import Dispatch
import Glibc

/// The daemon's one timer: it goes off at an instant of the wall clock, and when the clock is set.
///
/// A timerfd on CLOCK_REALTIME with `TFD_TIMER_CANCEL_ON_SET` (timerfd_create(2)): absolute, so that time asleep
/// counts, and awake to every discontinuous change of the clock, also one that comes with a resume.
final class WallClockTimer {
  /// The instant has come, or may have.
  var onTime: () -> Void = {}
  /// The clock was set.
  var onClockSet: () -> Void = {}

  private let descriptor: Int32
  private let source: any DispatchSourceRead
  private var deadline: Instant?

  init() throws(SystemCallError) {
    descriptor = timerfd_create(CLOCK_REALTIME, Int32(TFD_NONBLOCK) | Int32(TFD_CLOEXEC))
    guard descriptor >= 0 else { throw SystemCallError("make a timer", code: errno) }
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
    source.setEventHandler { [unowned self] in fire() }
    source.activate()
    try arm()
  }

  /// Sets the instant to go off at; nil only watches the clock.
  func set(_ instant: Instant?) throws(SystemCallError) {
    guard instant != deadline else { return }
    deadline = instant
    try arm()
  }

  /// `ahead`: so many microseconds before the deadline.
  private func arm(ahead: Int64 = headStart) throws(SystemCallError) {
    // Without a deadline it is still armed, far away: only an armed timer hears that the clock was set.
    // An instant at or before the epoch would disarm it or be refused; it is in the past in any case.
    let far: Int64 = 1 << 40
    let microseconds = max((deadline?.microseconds ?? far * 1_000_000) - ahead, 1)
    var time = itimerspec()
    time.it_value.tv_sec = min(Int(microseconds / 1_000_000), Int(far))
    time.it_value.tv_nsec = Int(microseconds % 1_000_000) * 1000
    let flags = Int32(TFD_TIMER_ABSTIME) | Int32(TFD_TIMER_CANCEL_ON_SET)
    guard timerfd_settime(descriptor, flags, &time, nil) == 0 else {
      throw SystemCallError("arm a timer", code: errno)
    }
  }

  /// From the kernel to here it is two threads, which takes longer than what is to be done. It is over when the instant
  /// comes where the timer goes off this much earlier, in microseconds, and the rest is waited for here.
  private static let headStart: Int64 = 500

  private func fire() {
    var happening = take()
    if happening == .expired, let deadline, SystemClock.now < deadline {
      try? arm(ahead: 0)
      var awaited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      // Should it be later, Dispatch comes back here.
      poll(&awaited, 1, 2)
      happening = take()
    }
    switch happening {
    case .cancelled:
      // A cancelled timer has to be armed anew, whether or not the deadline changes.
      try? arm()
      onClockSet()
    case .expired:
      deadline = nil
      onTime()
    case nil: break
    }
  }

  private enum Happening {
    case expired
    case cancelled
  }

  /// What the timer says, once; nil where nothing has happened.
  private func take() -> Happening? {
    var expirations: UInt64 = 0
    let count = read(descriptor, &expirations, MemoryLayout<UInt64>.size)
    return count > 0 ? .expired : count < 0 && errno == ECANCELED ? .cancelled : nil
  }
}
