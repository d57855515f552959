import Dispatch

/// Callbacks that wait for the same event, each for a limited time. Each is called once.
final class Waiters {
  private final class Waiter {
    private var body: (() -> Void)?

    init(_ body: @escaping () -> Void) { self.body = body }

    func call() {
      let body = body
      self.body = nil
      body?()
    }
  }

  private var all: [Waiter] = []

  /// Calls `body` together with the others, or after `limit`.
  func add(_ body: @escaping () -> Void, within limit: DispatchTimeInterval) {
    let waiter = Waiter(body)
    all.append(waiter)
    DispatchQueue.main.asyncAfter(deadline: .now() + limit) { waiter.call() }
  }

  /// Calls all that wait.
  func call() {
    let waiting = all
    all = []
    for waiter in waiting { waiter.call() }
  }
}
