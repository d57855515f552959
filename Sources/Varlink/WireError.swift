/// Why received bytes are no Varlink message. The connection they came from is closed.
package enum WireError: Error, Hashable, Sendable, CustomStringConvertible {
  /// More than `limit` bytes without the NUL that ends a message.
  case tooLong(limit: Int)
  /// The bytes are no UTF-8 (RFC 3629).
  case notUTF8
  /// Objects and arrays lie deeper in each other than `limit`.
  case tooDeep(limit: Int)
  /// The text is no JSON object (RFC 8259).
  case notJSON
  /// An object, but its member `name` is missing or of the wrong type.
  case badMember(name: String)
  /// An object with the member `name` of a request twice.
  case repeatedMember(name: String)
  /// An object with a member that no request has. Its name is not told: it may be anything, and this goes
  /// into a log.
  case unknownMember
  /// A request for several replies and for none.
  case moreOneway
  /// A request to speak another protocol, which nothing here does.
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
