import Varlink

/// A reply of the daemon's, or one member of it. Scripts get its JSON as it came; people get words made of
/// its value.
struct DaemonReply<Value: Decodable> {
  let json: JSONText
  /// The daemon that sent it.
  let daemon: DaemonClient

  /// The value, decoded anew each time.
  ///
  /// - Throws: `DaemonClient.Unreachable` for a reply that this version does not expect.
  var value: Value {
    get throws {
      do {
        return try json.decoded(as: Value.self)
      } catch is DecodingError {
        throw daemon.unexpectedReply
      }
    }
  }
}
