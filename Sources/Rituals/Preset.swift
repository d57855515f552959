/// A starting set of rituals, of one strategy.
package struct Preset: Hashable, Sendable {
  package let head: ContentHead
  /// In the order of the file; never empty.
  package let rituals: [PresetRitual]

  /// Nil without a ritual.
  package init?(_ head: ContentHead, rituals: [PresetRitual]) {
    guard !rituals.isEmpty else { return nil }
    self.head = head
    self.rituals = rituals
  }
}

/// A ritual of a preset, and its lines for a configuration.
package struct PresetRitual: Hashable, Sendable {
  package let ritual: Ritual
  /// Its table as in the preset's file, with comments; ends with a line break.
  package let text: String

  package init(_ ritual: Ritual, text: String) {
    self.ritual = ritual
    self.text = text
  }

  package static func == (left: PresetRitual, right: PresetRitual) -> Bool {
    left.ritual.id == right.ritual.id && left.text == right.text
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
