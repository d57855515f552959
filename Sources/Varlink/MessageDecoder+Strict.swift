/// Members of an object that would be passed over without a word.
extension MessageDecoder {
  /// Refuses the first name that is none of `type`'s, and the first that comes a second time.
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
          debugDescription: isKnown ? "it comes twice" : "nothing of this name is known here"))
    }
  }
}
