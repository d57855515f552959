import Dispatch

/// Events in their order, for a test to wait for.
package final class Mailbox<Event: Sendable> {
  private let name: String
  private var events: [Event] = []
  private var reader: CheckedContinuation<Event?, Never>?
  private var readings = 0

  /// - Parameter name: for the message if nothing comes.
  package init(_ name: String) {
    self.name = name
  }

  /// The events that were not read yet.
  package var unread: [Event] { events }

  package func put(_ event: Event) {
    if let reader {
      self.reader = nil
      reader.resume(returning: event)
    } else {
      events.append(event)
    }
  }

  /// Waits for the next event; throws if it does not come in time. One reader at a time.
  package func next(within seconds: Double = 120) async throws -> Event {
    if !events.isEmpty { return events.removeFirst() }
    readings += 1
    let reading = readings
    DispatchQueue.main.asyncAfter(deadline: .now() + seconds) { [weak self] in
      guard let self, reading == readings, let reader else { return }
      self.reader = nil
      reader.resume(returning: nil)
    }
    let event = await withCheckedContinuation { reader = $0 }
    guard let event else { throw RigError.waitedInVain(name) }
    return event
  }
}
