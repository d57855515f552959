/// A choice of the interface file: one of the words that it lists, or a word of a later version.
///
/// On the wire it is the word. A client that reads a word of a later version goes on with the rest
/// (docs/decisions/0015-words-of-a-later-version.md).
package protocol Choice: RawRepresentable<String>, Codable, Hashable, Sendable {
  init(rawValue: String)
}
