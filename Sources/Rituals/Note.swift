package import CivilTime

/// A line of the private journal. Only the couple reads its words.
package struct Note: Hashable, Sendable {
  package let at: Instant
  package let kind: Kind
  /// The text as the user wrote it; may have several lines. Empty for a moment without words. Private.
  package let text: String
  /// The ritual that the note belongs to, if any.
  package let ritual: RitualID?
  /// The guide that asked for the note, if any.
  package let guide: String?

  package init(_ kind: Kind, _ text: String, at: Instant, ritual: RitualID? = nil, guide: String? = nil) {
    self.at = at
    self.kind = kind
    self.text = text
    self.ritual = ritual
    self.guide = guide
  }

  /// The word for it in the journal and on the wire.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case appreciation
    /// A warm moment. In couples that last, about five of them go with a hard one (Gottman & Levenson 1992).
    case warm
    /// A hard moment.
    case hard
    /// A text from a guide or for a ritual.
    case note
  }

  /// The longest note in characters.
  package static let longest = 4000
}

/// A note in the journal with its number there: nil while it is only in memory.
package struct KeptNote: Hashable, Sendable {
  package let id: Int64?
  package let note: Note
  /// The journal's word for a kind that this version does not know and reads as `.note`; nil for known kinds.
  package let unknownKind: String?
  /// The length of the whole text in bytes, if `note` has only its beginning; else nil.
  package let length: Int?

  package init(id: Int64?, _ note: Note, unknownKind: String? = nil, length: Int? = nil) {
    self.id = id
    self.note = note
    self.unknownKind = unknownKind
    self.length = length
  }
}
