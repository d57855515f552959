/// A reply as it is on the wire (varlink.org, "Method Reply").
package struct Reply: Hashable, Sendable {
  /// The parameters, of the result or of the error; an object, empty where there were none.
  package var parameters: JSONValue
  /// More replies to the same call follow.
  package var continues: Bool
  /// The error's full name, `io.ritual.Control.NoSuchRitual`; nil for a result.
  package var error: String?

  package init(parameters: JSONValue = [:], continues: Bool = false, error: String? = nil) {
    self.parameters = parameters
    self.continues = continues
    self.error = error
  }

  /// Reads a message that a framer handed out.
  ///
  /// - Throws: what is wrong with it: UTF-8, nesting, JSON, or a member of the wrong type.
  package init(message: [UInt8]) throws(WireError) {
    let incoming = try IncomingReply<JSONValue>.read(message)
    switch incoming.outcome {
    case .result(let parameters): self.init(parameters: parameters, continues: incoming.continues)
    case .error(let remote): self.init(parameters: remote.parameters, error: remote.name)
    }
  }
}

/// A reply with typed parameters, on its way out.
struct OutgoingReply<Parameters: Encodable>: Encodable {
  var parameters: Parameters
  /// Sent only where it is true.
  var continues: Bool?
  var error: String?
}

/// A reply that came in, its result decoded as what the caller expects.
struct IncomingReply<Parameters: Decodable>: Decodable {
  enum Outcome {
    case result(Parameters)
    case error(RemoteError)
  }

  var outcome: Outcome
  var continues: Bool

  enum CodingKeys: String, CodingKey {
    case parameters, continues, error
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    continues = try container.decodeIfPresent(Bool.self, forKey: .continues) ?? false
    if let name = try container.decodeIfPresent(String.self, forKey: .error) {
      let parameters = try container.decodeIfPresent([String: JSONValue].self, forKey: .parameters)
      outcome = .error(RemoteError(name: name, parameters: .object(parameters ?? [:])))
    } else if let parameters = try container.decodeIfPresent(Parameters.self, forKey: .parameters) {
      outcome = .result(parameters)
    } else {
      outcome = .result(try Wire.decode(Parameters.self, from: Array("{}".utf8)))
    }
  }

  /// Checks and reads a message that a framer handed out.
  static func read(_ message: [UInt8]) throws(WireError) -> Self {
    try Wire.check(message)
    do {
      return try Wire.decode(Self.self, from: message)
    } catch let error as DecodingError {
      throw WireError(error)
    } catch { throw .notJSON }
  }
}

extension WireError {
  /// What a decoder's error says of a message as a whole.
  init(_ error: DecodingError) {
    let name: String? =
      switch error {
      case .keyNotFound(let key, let context): context.codingPath.first?.stringValue ?? key.stringValue
      case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
        context.codingPath.first?.stringValue
      @unknown default: nil
      }
    self = name.map { .badMember(name: $0) } ?? .notJSON
  }
}
