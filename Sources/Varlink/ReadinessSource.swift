internal import Dispatch

/// Calls a handler on the main queue whenever a descriptor can be read, or written.
///
/// Dispatch's own sources trap when they are released while suspended, or their descriptor is closed before
/// their cancel handler ran; here `isEnabled` may be set at will, and `cancel` says when it is safe.
@MainActor
final class ReadinessSource {
  enum Direction {
    case read, write
  }

  private let source: any DispatchSourceProtocol

  /// Whether the handler is called. False at first.
  var isEnabled = false {
    didSet {
      guard isEnabled != oldValue else { return }
      if isEnabled { source.resume() } else { source.suspend() }
    }
  }

  init(_ direction: Direction, of descriptor: Int32, handler: @escaping @MainActor () -> Void) {
    source =
      switch direction {
      case .read: DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
      case .write: DispatchSource.makeWriteSource(fileDescriptor: descriptor, queue: .main)
      }
    source.setEventHandler { MainActor.assumeIsolated { handler() } }
  }

  /// Ends it; `done` is called once the descriptor may be closed. Has to be called once.
  func cancel(done: @escaping @MainActor () -> Void) {
    source.setCancelHandler { MainActor.assumeIsolated { done() } }
    source.cancel()
    isEnabled = true
  }
}
