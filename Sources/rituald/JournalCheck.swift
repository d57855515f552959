import Dispatch
import Journal

/// The look at a whole journal, on another thread: it takes as long as a start, and nothing waits for it. All that the
/// thread has is its own; what it found comes back to the main queue.
final class JournalCheck {
  private var cancellation: Cancellation?

  /// Whether a connection of it is open on the file.
  var isRunning: Bool { cancellation != nil }

  /// Begins, where it does not run already. Tells what it found: nothing where it was cancelled.
  func start(_ path: String, onEnd: @escaping @MainActor (JournalError?) -> Void) {
    guard cancellation == nil else { return }
    let cancellation = Cancellation()
    self.cancellation = cancellation
    Self.run(IntegrityCheck(of: path), until: cancellation) { [weak self] error in
      self?.cancellation = nil
      onEnd(error)
    }
  }

  /// Ends soon, and tells so.
  func cancel() { cancellation?.cancel() }

  private nonisolated static func run(
    _ check: IntegrityCheck, until cancellation: Cancellation,
    onEnd: @escaping @MainActor (JournalError?) -> Void
  ) {
    // Not a global queue: on Linux, Dispatch looks after the threads of those once a second, for ever.
    DispatchQueue(label: "io.ritual.journal-check", qos: .utility).async {
      let failure: JournalError?
      do throws(JournalError) {
        try check.run(until: cancellation)
        failure = nil
      } catch {
        failure = error
      }
      DispatchQueue.main.async { MainActor.assumeIsolated { onEnd(failure) } }
    }
  }
}
