import Varlink

// What changes the configuration, of `io.ritual.Control.varlink`: its types, parameters and replies.

/// `Change` in the interface file.
package struct KeyChange: Codable, Hashable, Sendable {
  package var key: String
  package var values: [String]

  package init(key: String, values: [String]) {
    self.key = key
    self.values = values
  }
}

package struct Changed: Codable, Hashable, Sendable {
  package var ritual: String
  package var title: String
  package var keys: [String]
  package var file: String
  package var next: Moment?

  package init(ritual: String, title: String, keys: [String], file: String, next: Moment?) {
    self.ritual = ritual
    self.title = title
    self.keys = keys
    self.file = file
    self.next = next
  }
}

package struct AddRequest: Codable, Hashable, Sendable {
  package var title: String
  package var schedule: [String]
  package var id: String?
  package var message: String?
  package var timezone: String?
  package var urgency: String?
  package var more: [KeyChange]?

  package init(
    title: String, schedule: [String], id: String? = nil, message: String? = nil, timezone: String? = nil,
    urgency: String? = nil, more: [KeyChange]? = nil
  ) {
    self.title = title
    self.schedule = schedule
    self.id = id
    self.message = message
    self.timezone = timezone
    self.urgency = urgency
    self.more = more
  }
}

package struct AddReply: Codable, Hashable, Sendable {
  package var id: String
  package var file: String
  package var next: Moment?

  package init(id: String, file: String, next: Moment?) {
    self.id = id
    self.file = file
    self.next = next
  }
}

package struct RemoveReply: Codable, Hashable, Sendable {
  package var file: String
  package init(file: String) { self.file = file }
}

package struct SetRequest: Codable, Hashable, Sendable {
  package var ritual: String
  package var changes: [KeyChange]

  package init(ritual: String, changes: [KeyChange]) {
    self.ritual = ritual
    self.changes = changes
  }
}

package struct SetReply: Codable, Hashable, Sendable {
  package var changed: Changed
  package init(changed: Changed) { self.changed = changed }
}

package struct EnableRequest: Codable, Hashable, Sendable {
  package var rituals: [String]
  package var on: Bool

  package init(rituals: [String], on: Bool) {
    self.rituals = rituals
    self.on = on
  }
}

package struct EnableReply: Codable, Hashable, Sendable {
  package var changed: [Changed]
  package init(changed: [Changed]) { self.changed = changed }
}

package struct SourceReply: Codable, Hashable, Sendable {
  package var file: String
  package var text: String
  package var line: Int
  package var revision: String

  package init(file: String, text: String, line: Int, revision: String) {
    self.file = file
    self.text = text
    self.line = line
    self.revision = revision
  }
}

package struct RewriteRequest: Codable, Hashable, Sendable {
  package var file: String
  package var text: String
  package var revision: String

  package init(file: String, text: String, revision: String) {
    self.file = file
    self.text = text
    self.revision = revision
  }
}

package struct RewriteReply: Codable, Hashable, Sendable {
  package var changed: Bool
  package var rituals: Int
  package var problems: [ProblemInfo]

  package init(changed: Bool, rituals: Int, problems: [ProblemInfo]) {
    self.changed = changed
    self.rituals = rituals
    self.problems = problems
  }
}

package struct NoSuchKey: VarlinkError, Hashable {
  package static let name = Method.name("NoSuchKey")
  package var key: String
  package var didYouMean: String?
  package var accepted: [String]

  package init(key: String, didYouMean: String?, accepted: [String]) {
    self.key = key
    self.didYouMean = didYouMean
    self.accepted = accepted
  }
}

package struct InvalidConfiguration: VarlinkError, Hashable {
  package static let name = Method.name("InvalidConfiguration")
  package var problems: [ProblemInfo]
  package init(problems: [ProblemInfo]) { self.problems = problems }
}

package struct UnreadableConfiguration: VarlinkError, Hashable {
  package static let name = Method.name("UnreadableConfiguration")
  package var problems: [ProblemInfo]
  package init(problems: [ProblemInfo]) { self.problems = problems }
}

package struct FileChanged: VarlinkError, Hashable {
  package static let name = Method.name("FileChanged")
  package var file: String
  package init(file: String) { self.file = file }
}
