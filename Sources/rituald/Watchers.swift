import Control
import Varlink

/// The callers of `Watch`, who get a reply for each event.
final class Watchers {
  private var calls: [ObjectIdentifier: Call] = [:]

  var isEmpty: Bool { calls.isEmpty }

  /// Adds a caller and sends it a first, empty reply: it gets all events from now on.
  func add(_ call: Call) throws {
    try call.requireMore()
    let id = ObjectIdentifier(call)
    call.onPeerGone = { [weak self] in self?.calls[id] = nil }
    calls[id] = call
    try call.reply(WatchReply(), continues: true)
  }

  /// Sends an event to all callers. It is encoded once.
  func tell(_ news: WatchReply) {
    guard let reply = try? EncodedReply(news, continues: true) else { return }
    // The service closes the connection of a caller that does not read, and then `onPeerGone` removes it.
    for call in calls.values { try? call.reply(reply) }
  }
}
