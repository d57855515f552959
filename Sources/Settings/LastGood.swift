import Files
import Rituals

extension Loaded {
  /// This configuration, with those rituals of an earlier one that a mistake has left out of it: a typing
  /// mistake must not silence a reminder. Removed rituals stay removed.
  func keepingValid(of earlier: Configuration) -> Loaded {
    let mistakes = problems.filter { $0.severity == .error || $0.meant != nil }
    guard !mistakes.isEmpty else { return self }
    let present = Set(configuration.rituals.map(\.id))
    let exclusions = Exclusions(by: mistakes)
    let kept = earlier.rituals.filter { ritual in
      !present.contains(ritual.id)
        && exclusions.explain(absenceOf: ritual.id, from: earlier.file(of: ritual.id))
    }
    let calendars = Set(configuration.calendars.map(\.name))
    let keptCalendars = earlier.calendars.filter { calendar in
      !calendars.contains(calendar.name) && mistakes.contains { $0.keepsOut(calendar) }
    }
    guard !kept.isEmpty || !keptCalendars.isEmpty else { return self }
    let merged = Configuration(
      defaults: configuration.defaults, rules: configuration.rules, keep: configuration.keep,
      rituals: configuration.rituals + kept,
      files: Dictionary(
        (configuration.rituals + kept).compactMap { ritual in
          (configuration.file(of: ritual.id) ?? earlier.file(of: ritual.id)).map { (ritual.id, $0) }
        }, uniquingKeysWith: { first, _ in first }),
      calendars: configuration.calendars + keptCalendars)
    return Loaded(configuration: merged, problems: problems)
  }
}

/// The values for all rituals of files that do not set their own.
struct GlobalValues {
  var defaults = Defaults.standard
  var rules = GlobalRules.standard
  var keep = Configuration.standardKeep

  init() {}

  /// Keeps earlier values if a mistake hides the present ones: they apply to the rituals of all files, which
  /// would otherwise come at other times or break quiet times.
  init(keeping earlier: Configuration, in files: [FileReader]) {
    var files = files
    for index in files.indices { _ = files[index].readGlobalValues(over: self) }
    let problems = files.flatMap(\.sortedProblems)
    let isHidden = { (table: String) in problems.contains { $0.severity == .error && $0.hides(table) } }
    if isHidden("defaults") { defaults = earlier.defaults }
    if isHidden("quiet") || isHidden("discreet") { rules = earlier.rules }
    if isHidden("journal") { keep = earlier.keep }
    keepMisspelt(of: earlier, Set(problems.compactMap(\.meant)))
  }
}

extension GlobalValues {
  /// Keeps single keys that are misspelt, or in a misspelt table: a misspelling is only a warning. `meant`
  /// has the keys that were probably meant.
  private mutating func keepMisspelt(of earlier: Configuration, _ meant: Set<String>) {
    func isMisspelt(_ table: String, _ key: String) -> Bool {
      meant.contains(table) || meant.contains("\(table).\(key)")
    }
    if isMisspelt("defaults", "timezone") { defaults.zone = earlier.defaults.zone }
    if isMisspelt("defaults", "missed") { defaults.missed = earlier.defaults.missed }
    if isMisspelt("defaults", "snooze") { defaults.snoozes = earlier.defaults.snoozes }
    let isNudge = ["every", "times"].contains { meant.contains("defaults.nudge.\($0)") }
    if isNudge || isMisspelt("defaults", "nudge") { defaults.nudge = earlier.defaults.nudge }
    if isMisspelt("quiet", "hours") { rules.quiet.hours = earlier.rules.quiet.hours }
    if isMisspelt("quiet", "when") { rules.quiet.when = earlier.rules.quiet.when }
    if isMisspelt("discreet", "when") { rules.discreet = earlier.rules.discreet }
    if isMisspelt("journal", "keep") { keep = earlier.keep }
  }
}

extension FileReader {
  /// Reads the file's values for all rituals, over those of the files before it.
  mutating func readGlobalValues(over earlier: GlobalValues) -> GlobalValues {
    checkKeys(of: entries, in: [], KnownKeys.root)
    var values = earlier
    values.defaults = readDefaults(over: values.defaults)
    values.rules = readGlobalRules(over: values.rules)
    values.keep = readKeep(over: values.keep)
    return values
  }
}

extension Problem {
  /// True if a table may not have the meaning that its writer wanted: it has a mistake, or a whole file is
  /// left out.
  fileprivate func hides(_ table: String) -> Bool {
    key.isEmpty || key == table || key.hasPrefix(table + ".")
  }

  /// True for a calendar that may be left out because of a mistake in it, or in a whole file that may have
  /// it.
  fileprivate func keepsOut(_ calendar: SharedCalendar) -> Bool {
    key.isEmpty || key == "calendar" || key == "calendar.\(calendar.name)"
      || key.hasPrefix("calendar.\(calendar.name).") || meant == "calendar"
  }
}

/// The mistakes that may have left rituals out of a configuration. Indexed, since thousands of files may have
/// a mistake each, for example after a faulty script.
private struct Exclusions {
  private struct Place: Hashable {
    let file, id: String
  }

  /// The ids of rituals with a mistake in them.
  private var ids: Set<String> = []
  /// The files and folders that are left out as a whole.
  private var paths: Set<String> = []
  /// The files in which the word "ritual" has a mistake.
  private var files: Set<String> = []
  /// The ids that were probably meant, and the files in which they are misspelt.
  private var misspelt: Set<Place> = []

  init(by mistakes: [Problem]) {
    for mistake in mistakes {
      if mistake.key.isEmpty { paths.insert(mistake.file) }
      if mistake.key == "ritual" || mistake.meant == "ritual" { files.insert(mistake.file) }
      let parts = mistake.key.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count > 1, parts[0] == "ritual" else { continue }
      ids.insert(String(parts[1]))
      if let suggestion = mistake.suggestion { misspelt.insert(Place(file: mistake.file, id: suggestion)) }
    }
  }

  /// True if a ritual of a file is missing because of a mistake: one in the ritual, in the word "ritual" or
  /// in its id, or one that leaves out the whole file or its folder.
  func explain(absenceOf id: RitualID, from file: String?) -> Bool {
    if ids.contains(id.text) { return true }
    guard let file else { return false }
    var path = file
    while path != "/", path != "." {
      if paths.contains(path) { return true }
      path = Folders.parent(of: path)
    }
    return files.contains(file) || misspelt.contains(Place(file: file, id: id.text))
  }
}
