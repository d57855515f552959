import Schedules

/// The word that was probably meant: the nearest accepted one, if it is near enough for a typing mistake;
/// else nil. Case does not matter; of equally near ones the first wins.
package func nearest(_ word: String, among candidates: [String]) -> String? {
  let typed = Array(word.lowercased().unicodeScalars)
  // Longer than any key or id: no typing mistake, and the comparison costs the product of the lengths.
  guard !typed.isEmpty, typed.count <= 80 else { return nil }
  var best: (word: String, distance: Int)?
  for candidate in candidates where candidate != word {
    let accepted = Array(candidate.lowercased().unicodeScalars)
    guard accepted.count <= 80 else { continue }
    let distance = Slips.count(from: typed, to: accepted)
    let allowed = max(1, min(typed.count, accepted.count) / 3)
    guard distance <= allowed, distance < best?.distance ?? .max else { continue }
    best = (candidate, distance)
  }
  if let best { return best.word }
  // The beginning of exactly one of them, such as "goodbye" of "goodbye-kiss".
  let longer = candidates.filter { $0 != word && $0.lowercased().hasPrefix(word.lowercased()) }
  return typed.count >= 3 && longer.count == 1 ? longer[0] : nil
}
