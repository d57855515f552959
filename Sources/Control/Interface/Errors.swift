// Follows io.ritual.Control.varlink: change that, then run `make interface`.

import Varlink

/// No ritual has this id.
package struct NoSuchRitual: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.NoSuchRitual"

  package var ritual: String
  /// The id of a ritual with a similar id.
  package var didYouMean: String?

  package init(ritual: String, didYouMean: String? = nil) {
    self.ritual = ritual
    self.didYouMean = didYouMean
  }
}

/// A ritual has this id already.
package struct RitualExists: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.RitualExists"

  package var ritual: String
  package var file: String

  package init(ritual: String, file: String) {
    self.ritual = ritual
    self.file = file
  }
}

/// No reminder of the ritual waits for an answer. Without a ritual: no reminder at all does.
package struct NothingToAnswer: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.NothingToAnswer"

  package var ritual: String?
  /// The next occurrence of the ritual.
  package var next: Moment?

  package init(ritual: String? = nil, next: Moment? = nil) {
    self.ritual = ritual
    self.next = next
  }
}

/// Several reminders wait for an answer, and the call did not name one.
package struct SeveralWaiting: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.SeveralWaiting"

  package var rituals: [String]

  package init(rituals: [String]) {
    self.rituals = rituals
  }
}

/// The daemon does not understand a schedule, or a time in words.
package struct InvalidSchedule: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.InvalidSchedule"

  package var text: String
  /// The byte of the text at which the mistake begins, from 0.
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

/// The daemon does not understand a value.
package struct InvalidValue: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.InvalidValue"

  /// The name of the parameter.
  package var name: String
  package var text: String
  package var accepted: String

  package init(name: String, text: String, accepted: String) {
    self.name = name
    self.text = text
    self.accepted = accepted
  }
}

/// A ritual has no such key.
package struct NoSuchKey: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.NoSuchKey"

  package var key: String
  /// A key with a similar name.
  package var didYouMean: String?
  /// All keys.
  package var accepted: [String]

  package init(key: String, didYouMean: String? = nil, accepted: [String]) {
    self.key = key
    self.didYouMean = didYouMean
    self.accepted = accepted
  }
}

/// The new configuration would have these mistakes. Nothing was written.
package struct InvalidConfiguration: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.InvalidConfiguration"

  package var problems: [Problem]

  package init(problems: [Problem]) {
    self.problems = problems
  }
}

/// The file that the change belongs in, or one that may define the ritual, is not TOML or cannot be read.
package struct UnreadableConfiguration: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.UnreadableConfiguration"

  package var problems: [Problem]

  package init(problems: [Problem]) {
    self.problems = problems
  }
}

/// The file was changed since the client read it.
package struct FileChanged: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.FileChanged"

  package var file: String

  package init(file: String) {
    self.file = file
  }
}

/// No preset has this name, and no ritual of a preset.
package struct NoSuchPreset: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.NoSuchPreset"

  package var preset: String
  /// A preset or a ritual with a similar name.
  package var didYouMean: String?
  /// All presets.
  package var accepted: [String]

  package init(preset: String, didYouMean: String? = nil, accepted: [String]) {
    self.preset = preset
    self.didYouMean = didYouMean
    self.accepted = accepted
  }
}

/// No deck has this name, or the deck has mistakes.
package struct NoSuchDeck: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.NoSuchDeck"

  package var deck: String
  /// A deck with a similar name.
  package var didYouMean: String?

  package init(deck: String, didYouMean: String? = nil) {
    self.deck = deck
    self.didYouMean = didYouMean
  }
}

/// The daemon cannot change a file of the configuration.
package struct NotWritable: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.NotWritable"

  package var path: String
  package var reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

/// The daemon cannot show the reminder.
package struct NoNotificationServer: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.NoNotificationServer"

  package var reason: String

  package init(reason: String) {
    self.reason = reason
  }
}

/// The daemon cannot read the journal.
package struct JournalUnreadable: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.JournalUnreadable"

  package var reason: String

  package init(reason: String) {
    self.reason = reason
  }
}

/// There is no timeout to end.
package struct NoTimeout: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.NoTimeout"

  package init() {}
}

/// The daemon erased nothing, or not everything.
package struct NotForgotten: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.NotForgotten"

  package var reason: String

  package init(reason: String) {
    self.reason = reason
  }
}

/// The answer to every call while the daemon cannot work. It looks every few seconds whether the reason is
/// gone.
package struct NotWorking: VarlinkError, Hashable {
  package static let name = "io.ritual.Control.NotWorking"

  package var reason: String

  package init(reason: String) {
    self.reason = reason
  }
}
