/// Everything of a request but the values of its parameters: enough to find who can decode those.
struct RequestHead: Decodable {
  var method: String
  var more: Bool
  var oneway: Bool
  var upgrade: Bool
  /// The names of the parameters, in no order.
  var parameterNames: [String]

  enum CodingKeys: String, CodingKey, CaseIterable {
    case method, parameters, more, oneway, upgrade
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    method = try container.decode(String.self, forKey: .method)
    more = try container.decodeIfPresent(Bool.self, forKey: .more) ?? false
    oneway = try container.decodeIfPresent(Bool.self, forKey: .oneway) ?? false
    upgrade = try container.decodeIfPresent(Bool.self, forKey: .upgrade) ?? false
    let parameters = try container.decodeIfPresent([String: AnyValue].self, forKey: .parameters)
    parameterNames = parameters.map { Array($0.keys) } ?? []
  }

  /// Checks and reads a message that a framer handed out.
  init(message: [UInt8]) throws(WireError) {
    try Wire.check(message)
    do {
      self = try Wire.decode(RequestHead.self, from: message)
    } catch let error as DecodingError {
      throw .init(error)
    } catch { throw .notJSON }
  }

  /// A value that nobody looks at here.
  private struct AnyValue: Decodable {
    init(from decoder: any Decoder) {}
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
