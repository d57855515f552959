import Files
import Rituals

extension Loaded {
  /// This configuration, with those rituals of an earlier one that a mistake has kept out of it: a slip of
  /// the pen in a file must not silence a reminder. What was removed stays removed.
  func keepingGood(of earlier: Configuration) -> Loaded {
    let mistakes = problems.filter { $0.severity == .error || $0.meant != nil }
    guard !mistakes.isEmpty else { return self }
    let present = Set(configuration.rituals.map(\.id))
    let left = LeftOut(by: mistakes)
    let kept = earlier.rituals.filter { ritual in
      !present.contains(ritual.id) && left.holds(ritual.id, of: earlier.file(of: ritual.id))
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

/// What holds for all rituals where no file says otherwise.
struct Ground {
  var defaults = Defaults.standard
  var rules = HouseRules.standard
  var keep = Configuration.standardKeep

  init() {}

  /// What an earlier configuration said stays where a mistake hides what is said now: it holds for the
  /// rituals of all files, and these would come at other times, or when it is to be quiet.
  init(keeping earlier: Configuration, in files: [FileReader]) {
    var files = files
    for index in files.indices { _ = files[index].readGround(over: self) }
    let problems = files.flatMap(\.sortedProblems)
    let isHidden = { (table: String) in problems.contains { $0.severity == .error && $0.hides(table) } }
    if isHidden("defaults") { defaults = earlier.defaults }
    if isHidden("quiet") || isHidden("discreet") { rules = earlier.rules }
    if isHidden("journal") { keep = earlier.keep }
    keepMisspelt(of: earlier, Set(problems.compactMap(\.meant)))
  }
}

extension Ground {
  /// The same for single keys, where a slip in a key, or in the name of its table, is a warning. `meant` has
  /// what was probably meant.
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
  /// What the file says for all rituals, over what the files before it said.
  mutating func readGround(over earlier: Ground) -> Ground {
    checkKeys(of: entries, in: [], Keys.root)
    var ground = earlier
    ground.defaults = readDefaults(over: ground.defaults)
    ground.rules = readHouseRules(over: ground.rules)
    ground.keep = readKeep(over: ground.keep)
    return ground
  }
}

extension Problem {
  /// Whether something of a table may not be what its writer meant: a mistake in it, or one that keeps out a
  /// whole file.
  fileprivate func hides(_ table: String) -> Bool {
    key.isEmpty || key == table || key.hasPrefix(table + ".")
  }

  /// The same of a calendar; where a whole file is kept out, it may be the one that the calendar stood in.
  fileprivate func keepsOut(_ calendar: SharedCalendar) -> Bool {
    key.isEmpty || key == "calendar" || key == "calendar.\(calendar.name)"
      || key.hasPrefix("calendar.\(calendar.name).") || meant == "calendar"
  }
}

/// What mistakes may have kept out of a configuration. Looked up, and not searched for each ritual: thousands
/// of files may have a mistake each, as after a slip in a script.
private struct LeftOut {
  private struct Place: Hashable {
    let file, id: String
  }

  /// Rituals with a mistake in them, by their ids.
  private var ids: Set<String> = []
  /// Files and folders that are kept out as a whole.
  private var paths: Set<String> = []
  /// Files in which the word "ritual" has a mistake.
  private var files: Set<String> = []
  /// Ids that were probably meant, and the files in which they are misspelt.
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

  /// Whether a mistake is why a ritual is missing that stood in a file: one in it, in the word "ritual" or in
  /// its id, or one that keeps out the whole file or the folder it is in.
  func holds(_ id: RitualID, of file: String?) -> Bool {
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
