import Dispatch

/// Those who wait for something, but not for ever: each is called once.
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

  /// It has come.
  func call() {
    let waiting = all
    all = []
    for waiter in waiting { waiter.call() }
  }
}
