import Control
import Dispatch
import Logging
import Settings
import Texts
import Varlink

/// Methods that change files which another program may be writing at the same time.
extension ControlService {
  /// The number of further tries, and the pause before each: half a second in all. An editor saves a file in
  /// less.
  private static let mostRetries = 50
  private static let pause = DispatchTimeInterval.milliseconds(10)

  /// Adds a method like `handle`. While a file that it needs is being written, it is tried again, for half a
  /// second. Other calls and reminders do not wait meanwhile.
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
          // The call stays without a reply, so its connection is closed.
          daemon.log.failure(.error, call.method, error)
        }
      }
    }
  }
}
