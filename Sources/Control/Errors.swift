import Varlink

// The errors of `io.ritual.Control.varlink`.

package struct NoSuchRitual: VarlinkError, Hashable {
  package static let name = Method.name("NoSuchRitual")
  package var ritual: String
  package var didYouMean: String?

  package init(ritual: String, didYouMean: String?) {
    self.ritual = ritual
    self.didYouMean = didYouMean
  }
}

package struct RitualExists: VarlinkError, Hashable {
  package static let name = Method.name("RitualExists")
  package var ritual: String
  package var file: String

  package init(ritual: String, file: String) {
    self.ritual = ritual
    self.file = file
  }
}

package struct NothingToAnswer: VarlinkError, Hashable {
  package static let name = Method.name("NothingToAnswer")
  package var ritual: String?
  package var next: Moment?

  package init(ritual: String?, next: Moment?) {
    self.ritual = ritual
    self.next = next
  }
}

package struct SeveralWaiting: VarlinkError, Hashable {
  package static let name = Method.name("SeveralWaiting")
  package var rituals: [String]
  package init(rituals: [String]) { self.rituals = rituals }
}

package struct InvalidSchedule: VarlinkError, Hashable {
  package static let name = Method.name("InvalidSchedule")
  package var text: String
  package var position: Int
  package var reason: String
  package var accepted: String

  package init(text: String, position: Int, reason: String, accepted: String) {
    self.text = text
    self.position = position
    self.reason = reason
    self.accepted = accepted
  }
}

package struct InvalidValue: VarlinkError, Hashable {
  /// The error's full name; the field that is wrong is `field`, `name` on the wire.
  package static let name = Method.name("InvalidValue")
  package var field: String
  package var text: String
  package var accepted: String

  package init(field: String, text: String, accepted: String) {
    self.field = field
    self.text = text
    self.accepted = accepted
  }

  enum CodingKeys: String, CodingKey {
    case field = "name"
    case text, accepted
  }
}

package struct NotWritable: VarlinkError, Hashable {
  package static let name = Method.name("NotWritable")
  package var path: String
  package var reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

package struct NoNotificationServer: VarlinkError, Hashable {
  package static let name = Method.name("NoNotificationServer")
  package var reason: String
  package init(reason: String) { self.reason = reason }
}

package struct JournalUnreadable: VarlinkError, Hashable {
  package static let name = Method.name("JournalUnreadable")
  package var reason: String
  package init(reason: String) { self.reason = reason }
}

package struct NotForgotten: VarlinkError, Hashable {
  package static let name = Method.name("NotForgotten")
  package var reason: String
  package init(reason: String) { self.reason = reason }
}

package struct NotWorking: VarlinkError, Hashable {
  package static let name = Method.name("NotWorking")
  package var reason: String
  package init(reason: String) { self.reason = reason }
}

package struct NoTimeout: VarlinkError, Hashable {
  package static let name = Method.name("NoTimeout")
  package init() {}
}
