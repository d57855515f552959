/// Checks of strict decoding: unknown and repeated members, long lists and long texts.
extension MessageDecoder {
  /// Refuses the first name that is not one of `type`'s, and the first repeated name.
  ///
  /// - Throws: `DecodingError.dataCorrupted`; its path ends with that name.
  func refuseUnknownOrRepeated<Key: CodingKey>(_ names: some Sequence<String>, of type: Key.Type) throws {
    var seen: Set<String> = []
    for name in names {
      let isKnown = Key(stringValue: name) != nil
      if isKnown, seen.insert(name).inserted { continue }
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: codingPath + [CodingPath.Name(name)],
          debugDescription: isKnown ? "it comes twice" : "this name is unknown here"))
    }
  }

  /// The most elements of a list in a request: each may be work that other calls wait for.
  static let maximumElements = 1000

  /// Refuses a long list.
  ///
  /// - Throws: `DecodingError.dataCorrupted`.
  func refuseMany(_ count: Int) throws {
    guard count > Self.maximumElements else { return }
    throw DecodingError.dataCorrupted(
      .init(
        codingPath: codingPath,
        debugDescription: "a list of a request has at most \(Self.maximumElements) elements"))
  }

  /// A string is longer than the method accepts.
  struct LongText: Error {
    let codingPath: [any CodingKey]
    let length: Int
  }

  /// Refuses a long text.
  ///
  /// - Throws: `LongText`.
  func refuseLong(_ text: String, _ rules: Rules) throws {
    let length = text.utf8.count
    guard length <= rules.longestText else { throw LongText(codingPath: codingPath, length: length) }
  }
}
