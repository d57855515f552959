/// The limits for peers, so that no peer can take the others' share.
package struct Limits: Hashable, Sendable {
  /// The longest request in bytes. A longer one closes its connection.
  package var message = 1 << 20
  /// The most bytes that wait for a peer that does not read. A further reply drops the peer.
  package var unread = 1 << 20
  /// The number of bytes waiting for a peer from which on its next request has to wait.
  package var unreadBeforeNextRequest = 1 << 18
  /// The most memory that all connections take together, in bytes: requests without an answer and replies
  /// that were not read. Above it, the largest connection is dropped.
  package var total = 1 << 25
  /// The most connections. A further one closes the connection that has been idle longest, or is closed
  /// itself if none is idle.
  package var connections = 256

  package init() {}
}
