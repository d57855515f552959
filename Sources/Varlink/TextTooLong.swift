/// A string of a request's parameters has more bytes than its method takes. A service explains it in an error
/// of its interface; where it does not, the reply is `InvalidParameter`.
package struct TextTooLong: Error, Hashable, Sendable {
  /// The parameter, with its path where it lies deeper: `more[0].values[1]`.
  package let parameter: String
  /// In bytes.
  package let length: Int
  /// The most that is accepted.
  package let limit: Int
}
