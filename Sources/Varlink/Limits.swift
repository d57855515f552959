/// What a service grants its peers, so that none of them can take the others' share.
package struct Limits: Hashable, Sendable {
  /// The longest request, in bytes. A longer one closes its connection.
  package var message = 1 << 20
  /// How many bytes may wait for a peer that does not read. One more reply, and the peer is dropped.
  package var unread = 1 << 20
  /// How many bytes may wait for a peer before its next request is left for later.
  package var unreadBeforeNextRequest = 1 << 18
  /// How many bytes all connections hold together: what has come and is not answered yet, and what is not yet
  /// read. It counts the memory that is taken for them. Beyond it the connection that holds most is dropped.
  package var total = 1 << 25
  /// How many connections there may be. For one more, the one that has been idle longest is closed; where
  /// none is idle, the new one is.
  package var connections = 256

  package init() {}
}
