/// A method call that is being answered: by its handler at once, or later by who keeps it.
///
/// It ends with the first reply that does not continue, with an error, or when the peer goes away. One that
/// nobody keeps and nobody answered closes its connection, so that the peer does not wait forever.
@MainActor
package final class Call {
  /// The full name of the method.
  package let method: String
  /// The caller takes several replies.
  package let wantsMore: Bool
  /// The caller wants no reply; what is replied goes nowhere.
  package let isOneway: Bool
  /// Who called.
  package let peer: PeerCredentials

  /// Called once when the peer goes away before the call has ended: it has hung up, was dropped because it
  /// does not read, or the service stops. Not called after the last reply.
  package var onGone: (@MainActor () -> Void)?

  /// Whether it still takes replies.
  package private(set) var isOpen = true

  private weak var connection: Connection?

  init(_ head: RequestHead, connection: Connection) {
    method = head.method
    wantsMore = head.more
    isOneway = head.oneway
    peer = connection.peer
    self.connection = connection
  }

  /// Replies with a result; `continues` says that more replies follow.
  ///
  /// What is replied after the end is dropped: that the peer goes away is nobody's mistake.
  ///
  /// - Throws: `ExpectedMore` when it continues and the caller did not ask for more; the encoder's error.
  package func reply(_ parameters: some Encodable, continues: Bool = false) throws {
    guard isOpen else { return }
    try reply(EncodedReply(parameters, continues: continues))
  }

  /// Replies with what was encoded before, for one event that goes to many watchers.
  ///
  /// - Throws: `ExpectedMore` when it continues and the caller did not ask for more.
  package func reply(_ reply: EncodedReply) throws {
    guard isOpen else { return }
    if reply.continues, !wantsMore { throw ServiceError.ExpectedMore() }
    send(reply.bytes, ends: !reply.continues)
  }

  /// Replies with an error, and ends the call.
  package func fail(_ error: any VarlinkError) {
    guard isOpen else { return }
    guard let bytes = try? Wire.encode(error: error) else {
      isOpen = false
      connection?.drop("an error that cannot be encoded: \(type(of: error).name)")
      return
    }
    send(bytes, ends: true)
  }

  /// For a method with several replies.
  ///
  /// - Throws: `ExpectedMore` when the caller did not ask for more.
  package func requireMore() throws {
    guard wantsMore else { throw ServiceError.ExpectedMore() }
  }

  /// Nobody will answer it: closes its connection, so that the peer does not wait forever.
  func abandon() {
    guard isOpen else { return }
    isOpen = false
    onGone = nil
    connection?.abandoned(method, isOneway: isOneway)
  }

  /// The peer went away.
  func end() {
    guard isOpen else { return }
    isOpen = false
    let handler = onGone
    onGone = nil
    handler?()
  }

  private func send(_ bytes: [UInt8], ends: Bool) {
    if ends {
      isOpen = false
      onGone = nil
    }
    guard let connection else { return }
    if !isOneway { connection.send(bytes) }
    if ends { connection.finished(self) }
  }

  isolated deinit {
    abandon()
  }
}
