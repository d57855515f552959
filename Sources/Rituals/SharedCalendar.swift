package import Schedules

/// A vdir, a folder of calendar files, that rituals are read from and published to: `[calendar.us]` of the
/// configuration.
package struct SharedCalendar: Hashable, Sendable {
  /// Its key, with which the ids of its rituals begin.
  package let name: String
  /// The path of the vdir as the configuration has it: absolute, or beginning with `~/`.
  package let vdir: String
  /// Only events with one of these categories become rituals; empty means all events. Case does not matter.
  package let categories: [String]
  /// The lead of all its rituals, instead of the events' alarms; nil keeps the alarms.
  package let lead: TimeSpan?
  package let quiet: QuietPolicy
  /// The rituals of the configuration that are written into the vdir.
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

  /// True if a text is a calendar's name: 1 to 32 of `a-z`, `0-9` and `-`.
  package static func isName(_ text: String) -> Bool {
    text.utf8.count <= 32 && RitualID(text) != nil && !text.contains("/")
  }

  package static let acceptedName = "1 to 32 of a-z, 0-9 and '-'"
}

/// The words of a published ritual that others can read.
package enum PublishedWords: String, CaseIterable, Hashable, Sendable {
  /// The title alone.
  case titles
  /// The message too.
  case full
}
