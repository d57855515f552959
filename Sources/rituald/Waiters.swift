import Dispatch

/// Callbacks that wait, each for a limited time, and are called once.
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

  /// Calls `body` when the others are called, or after a while.
  func add(_ body: @escaping () -> Void, within limit: DispatchTimeInterval) {
    let waiter = Waiter(body)
    all.append(waiter)
    DispatchQueue.main.asyncAfter(deadline: .now() + limit) { waiter.call() }
  }

  /// Calls all of them.
  func call() {
    let waiting = all
    all = []
    for waiter in waiting { waiter.call() }
  }
}
