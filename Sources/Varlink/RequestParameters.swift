/// The parameters of a request as they came, until the method that is called has them decoded.
struct RequestParameters {
  private let index: JSONIndex
  /// The object's number in the index; nil where there are none.
  private let value: Int?

  init(_ value: Int?, in index: JSONIndex) throws(WireError) {
    if let value, !index.isObject(value) { throw .badMember(name: "parameters") }
    (self.index, self.value) = (index, value)
  }

  /// The parameters as their type. All of them have to be understood: what is done otherwise is not what was
  /// asked.
  ///
  /// - Parameter longestText: the most bytes that a string of them may have, at any depth.
  /// - Throws: `TextTooLong`; `InvalidParameter` with the path of a member that does not fit, that the type
  ///   does not know, or that comes twice; what the type itself throws.
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

  /// Where a decoder was: `at`, `rituals[2].title`.
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
