import Dispatch
import Glibc

/// Wakes a bus when its socket can be read, when it can be written, and when its time has come, all on the main
/// queue. Owns the descriptor that it watches.
final class BusPump {
  private let readable: any DispatchSourceRead
  private let writable: any DispatchSourceWrite
  private let timer: any DispatchSourceTimer
  private var isWaitingToWrite = false
  private var deadline = UInt64.max

  /// Takes over the descriptor, and wakes by `wake` until it is cancelled.
  init(_ descriptor: Int32, wake: @escaping () -> Void) {
    readable = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
    writable = DispatchSource.makeWriteSource(fileDescriptor: descriptor, queue: .main)
    timer = DispatchSource.makeTimerSource(queue: .main)
    // A descriptor may be closed only when none of its sources watches it any more.
    let watched = WatchedDescriptor(descriptor)
    for source in [readable, writable] as [any DispatchSourceProtocol] {
      source.setEventHandler { wake() }
      source.setCancelHandler { watched.release() }
      watched.retain()
    }
    timer.setEventHandler { [weak self] in
      self?.deadline = .max
      wake()
    }
    readable.resume()
    timer.resume()
  }

  /// What to wait for beside input. The deadline is in microseconds of CLOCK_MONOTONIC: 0 is at once,
  /// `UInt64.max` never.
  func wait(forWriting writes: Bool, until deadline: UInt64) {
    if writes != isWaitingToWrite {
      isWaitingToWrite = writes
      if writes { writable.resume() } else { writable.suspend() }
    }
    guard deadline != self.deadline else { return }
    self.deadline = deadline
    let (nanoseconds, isTooLarge) = deadline.multipliedReportingOverflow(by: 1000)
    // On Linux the uptime of Dispatch is CLOCK_MONOTONIC; 0 would mean now to it.
    timer.schedule(
      deadline: isTooLarge ? .distantFuture : DispatchTime(uptimeNanoseconds: max(1, nanoseconds)))
  }

  /// Wakes nobody any more, and lets go of the descriptor. To be called exactly once.
  func cancel() {
    // A source that is suspended would never be cancelled.
    if !isWaitingToWrite { writable.resume() }
    for source in [readable, writable, timer] as [any DispatchSourceProtocol] { source.cancel() }
  }
}

/// Closes a descriptor when the last source that watches it is done.
private final class WatchedDescriptor {
  private let descriptor: Int32
  private var watchers = 0

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  func retain() {
    watchers += 1
  }

  func release() {
    watchers -= 1
    if watchers == 0 { close(descriptor) }
  }
}
