/// Proposals for words that are misspelled.
extension PlainToken {
  /// The known word that the user probably meant by another; nil if none is near. Short words are near to too
  /// many others, and the first letter is seldom the wrong one: "our" is not "four", "blursday" is no day.
  static func nearest(to word: String) -> String? {
    guard (4...20).contains(word.utf8.count) else { return nil }
    let allowed = word.utf8.count >= 7 ? 2 : 1
    var best: (word: String, distance: Int)?
    // The order makes the choice among equally near words stable. A word that ends in a known one means
    // another: triweekly is not weekly.
    for candidate in words
    where candidate.utf8.count > 3 && candidate.first == word.first && !word.hasSuffix(candidate) {
      let distance = EditDistance.between(Array(word.unicodeScalars), Array(candidate.unicodeScalars))
      if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
  }
}
