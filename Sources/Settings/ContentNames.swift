import Phrases
package import Rituals

/// The names of the existing decks and guides, for checking references.
package struct ContentNames: Hashable, Sendable {
  package let decks: Set<ContentID>
  package let guides: Set<ContentID>

  package init(decks: Set<ContentID>, guides: Set<ContentID>) {
    self.decks = decks
    self.guides = guides
  }
}

extension FileReader {
  /// Reads a reference to a deck or guide, which must exist if the names are known. A wrong one leaves out
  /// only the reference: a reminder without its deck is still a reminder.
  mutating func reference(
    _ entry: TomlEntry, _ path: [String], _ kind: String, among names: Set<ContentID>?
  ) -> ContentID? {
    let command = kind == "deck" ? "deck list" : "begin"
    let accepted = "the name of a \(kind); ritualctl \(command) shows them"
    guard let text = string(entry.node, path, accepted) else { return nil }
    let place = entry.node.region.begin
    guard let id = ContentID(text) else {
      report(at: place, path, "invalid name \(quoted(text))", accepted: ContentID.accepted)
      return nil
    }
    guard let names, !names.contains(id) else { return id }
    reportLeftOut(
      at: place, path, "there is no \(kind) \(quoted(text))", accepted: accepted,
      suggestion: nearest(text, among: names.map(\.text).sorted()))
    return nil
  }
}
