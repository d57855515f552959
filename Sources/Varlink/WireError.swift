/// The reason why received bytes are no Varlink message. Their connection is closed.
package enum WireError: Error, Hashable, Sendable, CustomStringConvertible {
  /// More than `limit` bytes came without the NUL that ends a message.
  case tooLong(limit: Int)
  /// The bytes are no UTF-8 (RFC 3629).
  case notUTF8
  /// Objects and arrays are nested deeper than `limit`.
  case tooDeep(limit: Int)
  /// The text is no JSON object (RFC 8259).
  case notJSON
  /// The object's member `name` is missing or of the wrong type.
  case badMember(name: String)
  /// The object has the member `name` twice.
  case repeatedMember(name: String)
  /// The object has a member that no request has. Its name is left out: it may be anything, and this error
  /// goes into a log.
  case unknownMember
  /// The request asks for several replies and for none.
  case moreOneway
  /// The request asks for another protocol, which this service does not offer.
  case upgrade

  package var description: String {
    switch self {
    case .tooLong(let limit): "a message of more than \(limit) bytes; a NUL byte ends a message"
    case .notUTF8: "a message that is not UTF-8"
    case .tooDeep(let limit): "a message nested deeper than \(limit) levels"
    case .notJSON: "a message that is not a JSON object"
    case .badMember(let name): "a message whose '\(name)' is missing or of the wrong type"
    case .repeatedMember(let name): "a request that has '\(name)' twice"
    case .unknownMember:
      "a request with a member that is none of 'method', 'parameters', 'more', 'oneway' and 'upgrade'"
    case .moreOneway: "a request with both 'more' and 'oneway'"
    case .upgrade: "a request with 'upgrade', which is not offered"
    }
  }
}
