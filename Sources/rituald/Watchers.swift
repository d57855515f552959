import Control
import Varlink

/// Those who follow what happens.
final class Watchers {
  private var calls: [ObjectIdentifier: Call] = [:]

  var isEmpty: Bool { calls.isEmpty }

  /// Takes on another one, and tells it at once that it follows from now on.
  func add(_ call: Call) throws {
    try call.requireMore()
    let id = ObjectIdentifier(call)
    call.onPeerGone = { [weak self] in self?.calls[id] = nil }
    calls[id] = call
    try call.reply(WatchReply(), continues: true)
  }

  /// Tells everyone; the text is made once.
  func tell(_ news: WatchReply) {
    guard let reply = try? EncodedReply(news, continues: true) else { return }
    // One who no longer reads is dropped by the service, and so drops out of here.
    for call in calls.values { try? call.reply(reply) }
  }
}
