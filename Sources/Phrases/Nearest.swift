/// The candidate that a user probably meant by a word, or nil: the one with the smallest edit distance, if
/// that is at most a third of the letters, or else the only one that begins with the word. Case does not
/// matter, and the first of several equally near candidates wins.
package func nearest(_ word: String, among candidates: [String]) -> String? {
  let typed = Array(word.lowercased().unicodeScalars)
  // No key or id is longer, and a comparison costs the product of the lengths.
  guard !typed.isEmpty, typed.count <= 80 else { return nil }
  var best: (word: String, distance: Int)?
  for candidate in candidates where candidate != word {
    let accepted = Array(candidate.lowercased().unicodeScalars)
    guard accepted.count <= 80 else { continue }
    let distance = EditDistance.between(typed, accepted)
    let allowed = max(1, min(typed.count, accepted.count) / 3)
    guard distance <= allowed, distance < best?.distance ?? .max else { continue }
    best = (candidate, distance)
  }
  if let best { return best.word }
  // "goodbye" means "goodbye-kiss" if no other candidate begins with it.
  let longer = candidates.filter { $0 != word && $0.lowercased().hasPrefix(word.lowercased()) }
  return typed.count >= 3 && longer.count == 1 ? longer[0] : nil
}
