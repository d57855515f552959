/// The parameters of a request, undecoded until the called method is known.
struct RequestParameters {
  private let index: JSONIndex
  /// The object's number in the index; nil where there are none.
  private let value: Int?

  /// Reads them from a message that is JSON; there are none if `value` is nil.
  init(_ value: Int?, in index: JSONIndex) throws(WireError) {
    if let value, !index.isObject(value) { throw .badMember(name: "parameters") }
    (self.index, self.value) = (index, value)
  }

  /// Decodes the parameters. Each member must be understood: otherwise the service would do something else
  /// than the caller asked.
  ///
  /// - Parameter longestText: the longest string in bytes, at any depth.
  /// - Throws: `TextTooLong`; `InvalidParameter` with the path of a member that does not fit, is unknown or
  ///   repeated; errors of the type itself.
  func decoded<Parameters: Decodable>(
    as type: Parameters.Type, longestText: Int = .max
  ) throws -> Parameters {
    do {
      guard let value else { return try Wire.decode(type, from: Array("{}".utf8)) }
      let rules = MessageDecoder.Rules(longestText: longestText)
      return try Parameters(from: MessageDecoder(index, value, .root, nil, rules: rules))
    } catch let error as DecodingError {
      throw ServiceError.InvalidParameter(parameter: Self.path(of: error))
    } catch let error as MessageDecoder.LongText {
      throw TextTooLong(parameter: Self.text(error.codingPath), length: error.length, limit: longestText)
    }
  }

  /// The path of a decoding error: `at`, `rituals[2].title`.
  private static func path(of error: DecodingError) -> String {
    var keys: [any CodingKey] = []
    switch error {
    case .keyNotFound(let key, let context): keys = context.codingPath + [key]
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      keys = context.codingPath
    @unknown default: break
    }
    return text(keys)
  }

  private static func text(_ keys: [any CodingKey]) -> String {
    keys.reduce(into: "") { path, key in
      if let index = key.intValue {
        path += "[\(index)]"
      } else {
        path += (path.isEmpty ? "" : ".") + key.stringValue
      }
    }
  }
}
