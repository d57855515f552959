import Rituals

extension Loaded {
  /// This configuration, with those rituals of an earlier one that a mistake has kept out of it: a slip of the pen in a
  /// file must not silence a reminder, nor let one through that is to be quiet. What was removed stays removed.
  package func keepingGood(of earlier: Configuration) -> Loaded {
    let errors = problems.filter { $0.severity == .error }
    guard !errors.isEmpty else { return self }
    let present = Set(configuration.rituals.map(\.id))
    let kept = earlier.rituals.filter { ritual in
      !present.contains(ritual.id)
        && errors.contains { $0.keepsOut(ritual.id, of: earlier.file(of: ritual.id)) }
    }
    let keepsRules = errors.contains { error in
      ["quiet", "discreet"].contains { error.key == $0 || error.key.hasPrefix($0 + ".") }
    }
    let calendars = configuration.calendars.map(\.name)
    let keptCalendars = earlier.calendars.filter { calendar in
      !calendars.contains(calendar.name) && errors.contains { $0.keepsOut(calendar) }
    }
    guard !kept.isEmpty || keepsRules || !keptCalendars.isEmpty else { return self }
    let merged = Configuration(
      defaults: configuration.defaults, rules: keepsRules ? earlier.rules : configuration.rules,
      keep: configuration.keep,
      rituals: configuration.rituals + kept,
      files: Dictionary(
        (configuration.rituals + kept).compactMap { ritual in
          (configuration.file(of: ritual.id) ?? earlier.file(of: ritual.id)).map { (ritual.id, $0) }
        }, uniquingKeysWith: { first, _ in first }),
      calendars: configuration.calendars + keptCalendars)
    return Loaded(configuration: merged, problems: problems)
  }
}

extension Problem {
  /// The same of a calendar; where a whole file is kept out, it may be the one that the calendar stood in.
  fileprivate func keepsOut(_ calendar: SharedCalendar) -> Bool {
    key.isEmpty || key == "calendar" || key == "calendar.\(calendar.name)"
      || key.hasPrefix("calendar.\(calendar.name).") || suggestion == "calendar"
  }

  /// Whether this is why a ritual of a file is missing: a mistake in it, in the word "ritual" or in its id, or one that
  /// keeps out the whole file or the folder it is in.
  fileprivate func keepsOut(_ id: RitualID, of file: String?) -> Bool {
    if key == "ritual.\(id)" || key.hasPrefix("ritual.\(id).") { return true }
    guard let file else { return false }
    if key.isEmpty { return self.file == file || file.hasPrefix(self.file + "/") }
    guard self.file == file else { return false }
    return key == "ritual" || suggestion == "ritual" || key.hasPrefix("ritual.") && suggestion == id.text
  }
}
