/// A method call to be sent (varlink.org, "Method Call").
struct OutgoingRequest<Parameters: Encodable>: Encodable {
  var method: String
  var parameters: Parameters
  /// The caller accepts several replies. Sent only if it is true.
  var more: Bool?
}
