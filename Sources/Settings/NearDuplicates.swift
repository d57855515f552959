import Rituals

/// Prompts that say nearly the same: they share most of their words.
package enum NearDuplicates {
  /// The share of common words, among the words of both, from which two prompts count as alike.
  private static let limit = 0.75

  /// The place of each prompt that is like an earlier one, and of the earlier one.
  package static func find(in texts: [String]) -> [(later: Int, earlier: Int)] {
    let words = texts.map(Self.words)
    var found: [(later: Int, earlier: Int)] = []
    for later in words.indices {
      if let earlier = words[..<later].firstIndex(where: { isAlike($0, words[later]) }) {
        found.append((later, earlier))
      }
    }
    return found
  }

  private static func isAlike(_ left: Set<Substring>, _ right: Set<Substring>) -> Bool {
    // The lengths alone rule out most pairs.
    let (fewer, more) = left.count < right.count ? (left, right) : (right, left)
    guard !fewer.isEmpty, Double(fewer.count) >= limit * Double(more.count) else { return false }
    let shared = fewer.count { more.contains($0) }
    return Double(shared) >= limit * Double(left.count + right.count - shared)
  }

  private static func words(of text: String) -> Set<Substring> {
    Set(text.lowercased().split { !($0.isLetter || $0.isNumber) })
  }
}
