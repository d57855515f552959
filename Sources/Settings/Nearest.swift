/// The word that was probably meant: the nearest of the accepted ones, where it is near enough to be a slip of the
/// hand; nil where none is. Case does not matter, and of equally near ones the first wins.
package func nearest(_ word: String, among candidates: [String]) -> String? {
  let typed = Array(word.lowercased().unicodeScalars)
  // Longer than any key or id: not a slip, and comparing costs the product of the lengths.
  guard !typed.isEmpty, typed.count <= 80 else { return nil }
  var best: (word: String, distance: Int)?
  for candidate in candidates where candidate != word {
    let accepted = Array(candidate.lowercased().unicodeScalars)
    guard accepted.count <= 80 else { continue }
    let distance = slips(from: typed, to: accepted)
    let allowed = max(1, min(typed.count, accepted.count) / 3)
    guard distance <= allowed, distance < best?.distance ?? .max else { continue }
    best = (candidate, distance)
  }
  if let best { return best.word }
  // The start of exactly one of them, such as "goodbye" of "goodbye-kiss".
  let longer = candidates.filter { $0 != word && $0.lowercased().hasPrefix(word.lowercased()) }
  return typed.count >= 3 && longer.count == 1 ? longer[0] : nil
}

/// How many slips lie between two words: a letter too many, one missing, another one, or two exchanged
/// (the optimal string alignment distance).
private func slips(from left: [Unicode.Scalar], to right: [Unicode.Scalar]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for (row, letter) in left.enumerated() {
    var current = [row + 1]
    for (column, other) in right.enumerated() {
      var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
      if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current.append(cost)
    }
    beforeLast = last
    last = current
  }
  return last[right.count]
}
