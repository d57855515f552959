import CLinux
import Desktop
import Dispatch
import Glibc

/// Reports that the wall clock was set, also by a resume from sleep. It waits for no time and decides
/// nothing.
///
/// A timerfd on CLOCK_REALTIME, far in the future, with `TFD_TIMER_CANCEL_ON_SET` (timerfd_create(2)): every
/// discontinuous change of the clock makes it readable, and reading it fails with ECANCELED.
final class ClockWatch {
  /// Called after the clock was set, once or several times since the last call.
  var onClockSet: () -> Void = {}
  /// Called if the clock cannot be watched any more.
  var onFailure: (SystemCallError) -> Void = { _ in }

  private let descriptor: Int32
  private let source: any DispatchSourceRead

  /// Begins to watch, for as long as the process lives.
  init() throws(SystemCallError) {
    descriptor = timerfd_create(CLOCK_REALTIME, Int32(TFD_NONBLOCK) | Int32(TFD_CLOEXEC))
    guard descriptor >= 0 else { throw SystemCallError("watch the clock", code: errno) }
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
    source.setEventHandler { [unowned self] in check() }
    try arm()
    source.activate()
  }

  /// Reports a change of the clock that was not reported yet. To be called before the clock is used.
  func check() {
    var expirations: UInt64 = 0
    guard read(descriptor, &expirations, MemoryLayout<UInt64>.size) < 0, errno == ECANCELED else { return }
    do throws(SystemCallError) { try arm() } catch { return onFailure(error) }
    onClockSet()
  }

  private func arm() throws(SystemCallError) {
    // 35,000 years; the kernel limits it to the largest time it can count.
    var time = itimerspec()
    time.it_value.tv_sec = 1 << 40
    let flags = Int32(TFD_TIMER_ABSTIME) | Int32(TFD_TIMER_CANCEL_ON_SET)
    if timerfd_settime(descriptor, flags, &time, nil) == 0 { return }
    // The clock was set since the last check. The timer is armed all the same (timerfd_create(2), NOTES), and
    // no report is due: this is the start, or `check` is about to report.
    if errno == ECANCELED { return }
    throw SystemCallError("watch the clock", code: errno)
  }
}
