/// The bytes of a reply: encoded once, and sent to any number of calls.
package struct EncodedReply: Hashable, Sendable {
  /// The bytes, with the NUL at the end.
  let bytes: [UInt8]
  /// More replies follow.
  package let continues: Bool

  /// - Throws: the encoder's error, as for a number that JSON cannot represent.
  package init(_ parameters: some Encodable, continues: Bool) throws {
    bytes = try Wire.encode(OutgoingReply(parameters: parameters, continues: continues ? true : nil))
    self.continues = continues
  }
}

extension Wire {
  /// The bytes of an error reply.
  static func encode(error: some VarlinkError) throws -> [UInt8] {
    try encode(OutgoingReply(parameters: error, error: type(of: error).name))
  }
}

/// A reply as it is on the wire (varlink.org, "Method Reply").
private struct OutgoingReply<Parameters: Encodable>: Encodable {
  var parameters: Parameters
  /// Sent only if it is true.
  var continues: Bool?
  var error: String?
}
