import Synchronization

/// A request to another thread to end its work soon.
package final class Cancellation: Sendable {
  private let state = Atomic(false)

  package init() {}

  package func cancel() { state.store(true, ordering: .relaxed) }

  package var isCancelled: Bool { state.load(ordering: .relaxed) }
}
