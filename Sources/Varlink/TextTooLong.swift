/// A string in a request's parameters is longer than its method accepts. A service may explain it by an error
/// of its interface; otherwise the reply is `InvalidParameter`.
package struct TextTooLong: Error, Hashable, Sendable {
  /// The parameter, with its path if it is nested: `more[0].values[1]`.
  package let parameter: String
  /// In bytes.
  package let length: Int
  /// The longest accepted length.
  package let limit: Int
}
