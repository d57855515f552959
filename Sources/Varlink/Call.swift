/// A method call that waits for its answer. Its handler answers at once, or keeps the call and answers later.
///
/// It ends with the first reply that does not continue, with an error, or when the peer goes away. A call
/// that is released without an answer closes its connection, so that the peer does not wait forever.
@MainActor
package final class Call {
  /// The full name of the method.
  package let method: String
  /// The caller accepts several replies.
  package let wantsMore: Bool
  /// The caller wants no reply; replies are discarded.
  package let isOneway: Bool
  /// The calling process and its user.
  package let peer: PeerCredentials

  /// Called once if the peer goes away before the call has ended: it hung up, was dropped because it does not
  /// read, or the service stops. Not called after the last reply.
  package var onPeerGone: (@MainActor () -> Void)?

  /// True while it accepts replies.
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
  /// A reply after the end is discarded: a peer that goes away is nobody's mistake.
  ///
  /// - Throws: `ExpectedMore` if it continues and the caller did not ask for more; the encoder's error.
  package func reply(_ parameters: some Encodable, continues: Bool = false) throws {
    guard isOpen else { return }
    try reply(EncodedReply(parameters, continues: continues))
  }

  /// Replies with bytes that were encoded before, for one event with many watchers.
  ///
  /// - Throws: `ExpectedMore` if it continues and the caller did not ask for more.
  package func reply(_ reply: EncodedReply) throws {
    guard isOpen else { return }
    if reply.continues, !wantsMore { throw ServiceError.ExpectedMore() }
    send(reply.bytes, ends: !reply.continues)
  }

  /// Replies with an error and ends the call.
  package func fail(_ error: any VarlinkError) {
    guard isOpen else { return }
    guard let bytes = try? Wire.encode(error: error) else {
      isOpen = false
      connection?.drop("an error that cannot be encoded: \(type(of: error).name)")
      return
    }
    send(bytes, ends: true)
  }

  /// Checks that the caller accepts several replies, for a method that sends them.
  ///
  /// - Throws: `ExpectedMore` if it does not.
  package func requireMore() throws {
    guard wantsMore else { throw ServiceError.ExpectedMore() }
  }

  /// No answer will come: closes the connection, so that the peer does not wait forever.
  func abandon() {
    guard isOpen else { return }
    isOpen = false
    onPeerGone = nil
    connection?.callReleased(method, isOneway: isOneway)
  }

  /// The peer went away.
  func peerVanished() {
    guard isOpen else { return }
    isOpen = false
    let handler = onPeerGone
    onPeerGone = nil
    handler?()
  }

  private func send(_ bytes: [UInt8], ends: Bool) {
    if ends {
      isOpen = false
      onPeerGone = nil
    }
    guard let connection else { return }
    if !isOneway { connection.send(bytes) }
    if ends { connection.callEnded() }
  }

  isolated deinit {
    abandon()
  }
}
