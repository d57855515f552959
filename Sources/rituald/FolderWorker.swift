import Dispatch

/// A queue of work on one calendar's folder, on its own thread: a disk that does not answer holds up nothing
/// else. The thread gets values and returns one; it shares nothing.
final class FolderWorker {
  // Not a global queue: on Linux, Dispatch polls the threads of global queues once a second.
  private let queue = DispatchQueue(label: "io.ritual.calendar", qos: .utility)
  private let group = DispatchGroup()
  /// The start of each piece of work that is not done, in their order.
  private var starts: [ContinuousClock.Instant] = []

  /// True if all work is done.
  var isIdle: Bool { starts.isEmpty }

  /// The time since the start of the oldest work that is not done.
  var wait: Duration { starts.first.map { .now - $0 } ?? .zero }

  /// Does work after all work before it, and calls `then` with the result on the main queue.
  func perform<Value: Sendable>(
    _ work: @escaping @Sendable () -> Value, then: @escaping @MainActor (Value) -> Void
  ) {
    starts.append(.now)
    Self.run(work, on: queue, in: group) { [weak self] value in
      self?.starts.removeFirst()
      then(value)
    }
  }

  /// Waits until all work is done, but not after `deadline`. Results are dropped: the process ends.
  func wait(until deadline: DispatchTime) { _ = group.wait(timeout: deadline) }

  private nonisolated static func run<Value: Sendable>(
    _ work: @escaping @Sendable () -> Value, on queue: DispatchQueue, in group: DispatchGroup,
    then: @escaping @MainActor (Value) -> Void
  ) {
    queue.async(group: group) {
      let value = work()
      DispatchQueue.main.async { MainActor.assumeIsolated { then(value) } }
    }
  }
}
