import Control
import Dispatch
import Logging
import Settings
import Texts
import Varlink

/// Methods that change files which another program may be writing at that moment.
extension ControlService {
  /// How often it is tried again, and how long is waited before: an editor saves in a moment.
  private static let mostRetries = 50
  private static let pause = DispatchTimeInterval.milliseconds(10)

  /// Answers a method like `handle`. Where a file that it needs is being written, it is tried again until
  /// that is over, for half a second; other calls and reminders are not kept waiting meanwhile.
  func handleEdit<Request: VarlinkRequest>(
    _ request: Request.Type, longestText: Int = TextBound.bytes,
    _ body: @escaping @MainActor (Request, Call) throws -> Void
  ) {
    handle(request, longestText: longestText) { [unowned self] request, call in
      try attempt(call, retries: Self.mostRetries) { try body(request, call) }
    }
  }

  private func attempt(_ call: Call, retries: Int, _ body: @escaping @MainActor () throws -> Void) throws {
    do {
      try body()
    } catch SettingsError.beingWritten(let file) {
      guard retries > 0 else { throw SettingsError.beingWritten(file: file).onTheWire }
      DispatchQueue.main.asyncAfter(deadline: .now() + Self.pause) { [weak self] in
        guard let self, call.isOpen else { return }
        do {
          try attempt(call, retries: retries - 1, body)
        } catch let error as any VarlinkError {
          call.fail(error)
        } catch {
          // The call is let go of unanswered, and its connection with it.
          daemon.log.failure(.error, call.method, error)
        }
      }
    }
  }
}
