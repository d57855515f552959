package import Schedules

/// A folder of calendar files that rituals come from, and go to: `[calendar.us]` of the configuration.
package struct SharedCalendar: Hashable, Sendable {
  /// Its key: what the ids of its rituals begin with.
  package let name: String
  /// The path of the folder as the configuration has it: an absolute one, or one that begins with `~/`.
  package let vdir: String
  /// Events that have none of these stay out; empty for all events. Capitals do not matter.
  package let categories: [String]
  /// In place of what the events' alarms say.
  package let lead: TimeSpan?
  package let quiet: QuietPolicy
  /// Rituals of the configuration that are written into the folder.
  package let publish: [RitualID]
  package let words: PublishedWords

  package init(
    name: String, vdir: String, categories: [String] = [], lead: TimeSpan? = nil,
    quiet: QuietPolicy = .respect, publish: [RitualID] = [], words: PublishedWords = .titles
  ) {
    self.name = name
    self.vdir = vdir
    self.categories = categories
    self.lead = lead
    self.quiet = quiet
    self.publish = publish
    self.words = words
  }

  /// Whether a text is the name of a calendar: 1 to 32 of `a-z`, `0-9` and `-`.
  package static func isName(_ text: String) -> Bool {
    text.utf8.count <= 32 && RitualID(text) != nil && !text.contains("/")
  }

  package static let acceptedName = "1 to 32 of a-z, 0-9 and '-'"
}

/// How much of a ritual others may read.
package enum PublishedWords: String, CaseIterable, Hashable, Sendable {
  /// The title alone.
  case titles
  /// The message too.
  case full
}
