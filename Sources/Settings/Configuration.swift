package import Rituals
package import Schedules

/// The valid part of the configuration's files.
package struct Configuration: Sendable {
  package let defaults: Defaults
  package let rules: GlobalRules
  /// The time that history is kept in full, before it becomes daily counts; nil means always. If
  /// `Loaded.isCertain(of: "journal")` is false, it may not be what the user wrote, and no history may be
  /// given up for it.
  package let keep: TimeSpan?
  /// The valid rituals, in the order of the files and of their texts.
  package let rituals: [Ritual]
  /// The valid calendars, in the order of the files.
  package let calendars: [SharedCalendar]
  private let files: [RitualID: String]

  /// - Parameter files: the path of each ritual's file.
  init(
    defaults: Defaults, rules: GlobalRules, keep: TimeSpan?, rituals: [Ritual], files: [RitualID: String],
    calendars: [SharedCalendar] = []
  ) {
    self.defaults = defaults
    self.rules = rules
    self.keep = keep
    self.rituals = rituals
    self.files = files
    self.calendars = calendars
  }

  /// The path of a ritual's file; nil if there is no such ritual.
  package func file(of id: RitualID) -> String? { files[id] }

  fileprivate func adding(_ more: [(ritual: Ritual, file: String)]) -> Configuration {
    Configuration(
      defaults: defaults, rules: rules, keep: keep, rituals: rituals + more.map(\.ritual),
      files: more.reduce(into: files) { $0[$1.ritual.id] = $1.file }, calendars: calendars)
  }
}

/// The result of reading a configuration: its valid part, and all problems.
package struct Loaded: Sendable {
  package let configuration: Configuration
  /// In the order of the files and their text; empty if there are none.
  package let problems: [Problem]

  /// Adds rituals that come from calendars, each with the path of its file.
  package func adding(_ more: [(ritual: Ritual, file: String)]) -> Loaded {
    guard !more.isEmpty else { return self }
    return Loaded(configuration: configuration.adding(more), problems: problems)
  }

  /// True if a value, a ritual or a file is left out because of a mistake; warnings do not count.
  package var hasErrors: Bool { problems.contains { $0.severity == .error } }

  /// True if no ritual and no calendar of the files is left out: there is no error, and neither table's name
  /// is misspelt. Then a missing ritual was removed.
  package var isComplete: Bool { !hasErrors && !isMisspelt("ritual") && !isMisspelt("calendar") }

  /// True if everything about a table is understood: no error, no unknown key in it, and no misspelt table of
  /// this name. Steps that cannot be undone, such as deleting a part of the journal, wait for that.
  package func isCertain(of table: String) -> Bool {
    !hasErrors && !isMisspelt(table)
      && !problems.contains { $0.isUnknownKey && $0.key.hasPrefix(table + ".") }
  }

  private func isMisspelt(_ table: String) -> Bool { problems.contains { $0.meant == table } }
}
