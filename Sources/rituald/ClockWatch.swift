import CLinux
import Desktop
import Dispatch
import Glibc

/// Tells that the wall clock was set, also by a resume. It waits for no time and decides nothing.
///
/// A timerfd on CLOCK_REALTIME, far in the future, with `TFD_TIMER_CANCEL_ON_SET` (timerfd_create(2)): every
/// discontinuous change of the clock makes it readable, and reading it fails with ECANCELED.
final class ClockWatch {
  /// The clock was set, once or more often since this was told last.
  var onClockSet: () -> Void = {}
  /// The clock can be watched no more.
  var onFailure: (SystemCallError) -> Void = { _ in }

  private let descriptor: Int32
  private let source: any DispatchSourceRead

  /// Begins to watch. It lasts as long as the process.
  init() throws(SystemCallError) {
    descriptor = timerfd_create(CLOCK_REALTIME, Int32(TFD_NONBLOCK) | Int32(TFD_CLOEXEC))
    guard descriptor >= 0 else { throw SystemCallError("watch the clock", code: errno) }
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
    source.setEventHandler { [unowned self] in look() }
    try arm()
    source.activate()
  }

  /// Tells of a change that nobody has heard of yet; for who is about to go by the clock.
  func look() {
    var expirations: UInt64 = 0
    guard read(descriptor, &expirations, MemoryLayout<UInt64>.size) < 0, errno == ECANCELED else { return }
    do throws(SystemCallError) { try arm() } catch { return onFailure(error) }
    onClockSet()
  }

  private func arm() throws(SystemCallError) {
    // 35,000 years: the kernel holds it to what it can count.
    var time = itimerspec()
    time.it_value.tv_sec = 1 << 40
    let flags = Int32(TFD_TIMER_ABSTIME) | Int32(TFD_TIMER_CANCEL_ON_SET)
    if timerfd_settime(descriptor, flags, &time, nil) == 0 { return }
    // The clock was set after the last look, and nobody has to be told: this is the first look, or it is
    // being told. The timer is armed all the same (timerfd_create(2), NOTES).
    if errno == ECANCELED { return }
    throw SystemCallError("watch the clock", code: errno)
  }
}
