package import CivilTime
package import Rituals

// The private journal's part of `io.ritual.Control.varlink`, where each field is documented.

package struct NoteInfo: Codable, Hashable, Sendable {
  package var id: Int64?
  package var at: Moment
  package var kind: String
  package var text: String
  package var ritual: String?
  package var guide: String?
  package var word: String?
  package var length: Int?

  package init(
    id: Int64?, at: Moment, kind: String, text: String, ritual: String?, guide: String?, word: String? = nil,
    length: Int? = nil
  ) {
    self.id = id
    self.at = at
    self.kind = kind
    self.text = text
    self.ritual = ritual
    self.guide = guide
    self.word = word
    self.length = length
  }

  /// A note as the wire tells it, with its time in the user's zone.
  package init(_ kept: KeptNote, in zone: Zone) {
    let note = kept.note
    self.init(
      id: kept.id, at: Moment(note.at, in: zone),
      kind: kept.unknownKind == nil ? note.kind.rawValue : unknownWord, text: note.text,
      ritual: note.ritual?.text, guide: note.guide, word: kept.unknownKind,
      length: kept.length)
  }
}

package struct AppreciateRequest: Codable, Hashable, Sendable {
  package var text: String
  package init(text: String) { self.text = text }
}

package struct RememberRequest: Codable, Hashable, Sendable {
  package var warm: Bool
  package var text: String?

  package init(warm: Bool, text: String?) {
    self.warm = warm
    self.text = text
  }
}

package struct WriteRequest: Codable, Hashable, Sendable {
  package var text: String
  package var ritual: String?
  package var guide: String?

  package init(text: String, ritual: String? = nil, guide: String? = nil) {
    self.text = text
    self.ritual = ritual
    self.guide = guide
  }
}

/// The reply of `Appreciate`, `Remember` and `Write`.
package struct NoteReply: Codable, Hashable, Sendable {
  package var note: NoteInfo
  package init(note: NoteInfo) { self.note = note }
}

package struct NotesRequest: Codable, Hashable, Sendable {
  package var since: String?
  package var kind: String?
  package var limit: Int?
  package var before: Int64?

  package init(since: String? = nil, kind: String? = nil, limit: Int? = nil, before: Int64? = nil) {
    self.since = since
    self.kind = kind
    self.limit = limit
    self.before = before
  }
}

package struct NotesReply: Codable, Hashable, Sendable {
  package var notes: [NoteInfo]
  package var before: Int64?

  package init(notes: [NoteInfo], before: Int64? = nil) {
    self.notes = notes
    self.before = before
  }
}

package struct NoteTextRequest: Codable, Hashable, Sendable {
  package var note: Int64
  package var from: Int

  package init(note: Int64, from: Int = 0) {
    self.note = note
    self.from = from
  }
}

package struct NoteTextReply: Codable, Hashable, Sendable {
  package var text: String
  package var next: Int?

  package init(text: String, next: Int? = nil) {
    self.text = text
    self.next = next
  }
}

package struct ForgetRequest: Codable, Hashable, Sendable {
  package var notes: [Int64]
  package var ritual: String?
  package var since: String?
  package var before: String?
  package var everything: Bool
  package var preview: Bool

  package init(
    notes: [Int64] = [], ritual: String? = nil, since: String? = nil, before: String? = nil,
    everything: Bool = false, preview: Bool = false
  ) {
    self.notes = notes
    self.ritual = ritual
    self.since = since
    self.before = before
    self.everything = everything
    self.preview = preview
  }
}

package struct ForgetReply: Codable, Hashable, Sendable {
  package var notes: Int
  package var occurrences: Int
  package var files: [String]
  package var setAside: [String]

  package init(notes: Int, occurrences: Int, files: [String] = [], setAside: [String]) {
    self.notes = notes
    self.occurrences = occurrences
    self.files = files
    self.setAside = setAside
  }
}
