package import CivilTime

/// A line of the private journal: what somebody wanted to keep. Its words are for the two alone.
package struct Note: Hashable, Sendable {
  package let at: Instant
  package let kind: Kind
  /// What was written, as it was written; may have several lines. Empty for a moment without words alone.
  /// Private.
  package let text: String
  /// The ritual it was written for, where there is one.
  package let ritual: RitualID?
  /// The guide it was written in, where there is one.
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
    /// A warm moment, of which about five go with a hard one in couples that last (Gottman & Levenson 1992).
    case warm
    /// A hard moment.
    case hard
    /// Something written in a guide or for a ritual.
    case note
  }

  /// Characters that a note may have.
  package static let longest = 4000
}

/// A note in the journal, and its number there: nil while it is in memory alone.
package struct KeptNote: Hashable, Sendable {
  package let id: Int64?
  package let note: Note
  /// The journal's word for a kind that this version does not know and takes for `.note`; nil elsewhere.
  package let unknownKind: String?
  /// Bytes of the whole text, where `note` has only its beginning; nil elsewhere.
  package let length: Int?

  package init(id: Int64?, _ note: Note, unknownKind: String? = nil, length: Int? = nil) {
    self.id = id
    self.note = note
    self.unknownKind = unknownKind
    self.length = length
  }
}
