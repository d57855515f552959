package import Rituals
package import Schedules

/// What the configuration's files say, as far as it is good.
package struct Configuration: Sendable {
  package let defaults: Defaults
  package let rules: HouseRules
  /// How long what happened is kept as it was, before it becomes daily counts; nil for always. Nothing is to
  /// be given up for it while `Loaded.isCertain(of: "journal")` says that it may not be what the user wrote.
  package let keep: TimeSpan?
  /// The good rituals in the order of the files, and in a file in the order of its text.
  package let rituals: [Ritual]
  /// The good calendars, in the order of the files.
  package let calendars: [SharedCalendar]
  private let files: [RitualID: String]

  /// `files` says which file each ritual stands in.
  init(
    defaults: Defaults, rules: HouseRules, keep: TimeSpan?, rituals: [Ritual], files: [RitualID: String],
    calendars: [SharedCalendar] = []
  ) {
    self.defaults = defaults
    self.rules = rules
    self.keep = keep
    self.rituals = rituals
    self.files = files
    self.calendars = calendars
  }

  /// The path of the file that a ritual stands in; nil where there is no such ritual.
  package func file(of id: RitualID) -> String? { files[id] }

  fileprivate func adding(_ more: [(ritual: Ritual, file: String)]) -> Configuration {
    Configuration(
      defaults: defaults, rules: rules, keep: keep, rituals: rituals + more.map(\.ritual),
      files: more.reduce(into: files) { $0[$1.ritual.id] = $1.file }, calendars: calendars)
  }
}

/// A configuration as it was read: what is good of it, and all that is wrong with it.
package struct Loaded: Sendable {
  package let configuration: Configuration
  /// In the order of the files and their text; empty where all is well.
  package let problems: [Problem]

  /// The same with rituals that come from calendars, each with the file that it stands in.
  package func adding(_ more: [(ritual: Ritual, file: String)]) -> Loaded {
    guard !more.isEmpty else { return self }
    return Loaded(configuration: configuration.adding(more), problems: problems)
  }

  /// Whether something is wrong that keeps a value, a ritual or a file out; warnings do not count.
  package var hasErrors: Bool { problems.contains { $0.severity == .error } }

  /// Whether every ritual and calendar of the files is there: no error may keep one out, and no table's name
  /// is a slip of theirs. A ritual that is not there was removed then.
  package var isComplete: Bool { !hasErrors && !isMisspelt("ritual") && !isMisspelt("calendar") }

  /// Whether what the files say of a table is all known: no error, no unknown key in it, and no slip in its
  /// name. What cannot be taken back, such as giving up a part of the journal, waits until it is.
  package func isCertain(of table: String) -> Bool {
    !hasErrors && !isMisspelt(table)
      && !problems.contains { $0.isUnknownKey && $0.key.hasPrefix(table + ".") }
  }

  private func isMisspelt(_ table: String) -> Bool { problems.contains { $0.meant == table } }
}
