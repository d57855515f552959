import Dispatch
import Journal

/// The check of the whole journal, on another thread: it takes as long as a start, and nothing waits for it.
/// The thread shares nothing; its result comes back to the main queue.
final class JournalCheck {
  private var cancellation: Cancellation?

  /// True while the check has the file open.
  var isRunning: Bool { cancellation != nil }

  /// Starts the check, unless it runs already. `onEnd` gets the damage; nil if there is none, or after a
  /// cancellation.
  func start(_ path: String, onEnd: @escaping @MainActor (JournalError?) -> Void) {
    guard cancellation == nil else { return }
    let cancellation = Cancellation()
    self.cancellation = cancellation
    Self.run(IntegrityCheck(of: path), until: cancellation) { [weak self] error in
      self?.cancellation = nil
      onEnd(error)
    }
  }

  /// Ends the check soon; `onEnd` is called as always.
  func cancel() { cancellation?.cancel() }

  private nonisolated static func run(
    _ check: IntegrityCheck, until cancellation: Cancellation,
    onEnd: @escaping @MainActor (JournalError?) -> Void
  ) {
    // Not a global queue: on Linux, Dispatch polls the threads of global queues once a second.
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
