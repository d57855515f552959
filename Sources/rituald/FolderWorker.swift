import Dispatch

/// Work on one calendar's folder, in turn, on a thread of its own: a disk that does not answer, or a file
/// that takes long, holds up nothing else. The thread has values alone, and hands one back.
final class FolderWorker {
  // Not a global queue: on Linux, Dispatch looks after the threads of those once a second, for ever.
  private let queue = DispatchQueue(label: "io.ritual.calendar", qos: .utility)
  private let group = DispatchGroup()
  /// When the work that is in hand was begun, in the order in which it was given.
  private var begun: [ContinuousClock.Instant] = []

  /// Whether nothing is in hand.
  var isIdle: Bool { begun.isEmpty }

  /// For how long the oldest work in hand has not been done.
  var wait: Duration { begun.first.map { .now - $0 } ?? .zero }

  /// Does work after all that was given before it, and then hands over what came of it.
  func perform<Value: Sendable>(
    _ work: @escaping @Sendable () -> Value, then: @escaping @MainActor (Value) -> Void
  ) {
    begun.append(.now)
    Self.run(work, on: queue, in: group) { [weak self] value in
      self?.begun.removeFirst()
      then(value)
    }
  }

  /// Waits until all is done, or for some time; what comes of it is handed to nobody. For the end of the
  /// process.
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
