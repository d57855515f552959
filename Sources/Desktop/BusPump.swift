import Descriptors
import Dispatch
import Glibc

/// Wakes a bus on the main queue when its socket is readable or writable, and when its deadline passes. Owns
/// the descriptor that it watches.
final class BusPump {
  private let descriptor: Int32
  private let watch: DescriptorWatch
  private let timer: any DispatchSourceTimer
  private var deadline = UInt64.max

  /// Takes over the descriptor and calls `wake` until it is cancelled.
  init(_ descriptor: Int32, wake: @escaping () -> Void) throws(SystemCallError) {
    do throws(ErrorNumber) {
      watch = try DescriptorWatch(descriptor, for: .reading) { _ in wake() }
    } catch {
      Glibc.close(descriptor)
      throw SystemCallError("watch the bus", code: error.code)
    }
    self.descriptor = descriptor
    timer = DispatchSource.makeTimerSource(queue: .main)
    timer.setEventHandler { [weak self] in
      self?.deadline = .max
      wake()
    }
    timer.resume()
  }

  /// Sets the events to wait for beside input. The deadline is in microseconds of CLOCK_MONOTONIC: 0 means at
  /// once, `UInt64.max` never.
  func wait(forWriting writes: Bool, until deadline: UInt64) {
    watch.interest = writes ? [.reading, .writing] : .reading
    guard deadline != self.deadline else { return }
    self.deadline = deadline
    let (nanoseconds, isTooLarge) = deadline.multipliedReportingOverflow(by: 1000)
    // On Linux the uptime of Dispatch is CLOCK_MONOTONIC; it reads 0 as now.
    timer.schedule(
      deadline: isTooLarge ? .distantFuture : DispatchTime(uptimeNanoseconds: max(1, nanoseconds)))
  }

  /// Ends the waking and closes the descriptor. Call it exactly once.
  func cancel() {
    timer.cancel()
    watch.cancel()
    Glibc.close(descriptor)
  }
}
