import Varlink

// The part of `io.ritual.Control.varlink` that is about presets, where each field is documented.

package struct PresetRequest: Codable, Hashable, Sendable {
  package var preset: String
  package init(preset: String) { self.preset = preset }
}

package struct PresetReply: Codable, Hashable, Sendable {
  package var added: [Added]
  package var present: [String]

  package init(added: [Added], present: [String]) {
    self.added = added
    self.present = present
  }
}

package struct Added: Codable, Hashable, Sendable {
  package var id: String
  package var file: String
  package var next: Moment?

  package init(id: String, file: String, next: Moment?) {
    self.id = id
    self.file = file
    self.next = next
  }
}

package struct NoSuchPreset: VarlinkError, Hashable {
  package static let name = Method.name("NoSuchPreset")
  package var preset: String
  package var didYouMean: String?
  package var accepted: [String]

  package init(preset: String, didYouMean: String?, accepted: [String]) {
    self.preset = preset
    self.didYouMean = didYouMean
    self.accepted = accepted
  }
}
