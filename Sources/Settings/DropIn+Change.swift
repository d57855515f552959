package import CivilTime
import Files
package import Rituals
import Schedules

/// Changes of rituals where they stand.
extension DropIn {
  /// What the configuration may refer to: zones, and the decks and guides where it is known which there are.
  package struct World {
    let zones: any ZoneSource
    let content: ContentNames?
    let clock: Clock?

    package init(zones: any ZoneSource, content: ContentNames? = nil, clock: Clock? = nil) {
      self.zones = zones
      self.content = content
      self.clock = clock
    }
  }

  /// What time it is: where that is known, nothing is written that would never come.
  package struct Clock: Sendable {
    let now: Instant
    /// The wall clock of rituals that name none.
    let zone: Zone

    package init(now: Instant, zone: Zone) {
      self.now = now
      self.zone = zone
    }
  }

  /// What became of a change.
  package struct Changed: Sendable, Hashable {
    /// The file that the ritual stands in.
    package let file: String
    /// The keys that have another value now, or none, in the order in which they were named; empty where all
    /// was so already, and nothing was written.
    package let keys: [String]
  }

  /// Changes keys of a ritual in the file it stands in, all of them or none, and keeps every other byte. It
  /// is written where the whole configuration has no mistake then that it has not now. A file that is not
  /// TOML is not touched.
  package static func change(
    _ id: RitualID, _ changes: [RitualChange], in folder: String, _ world: World
  ) throws(SettingsError) -> Changed {
    let folder = ConfigurationFolder(path: folder)
    return try againstOthers { () throws(SettingsError) in try change(id, changes, in: folder, world) }
  }

  /// Nil where another program has saved the file meanwhile.
  private static func change(
    _ id: RitualID, _ changes: [RitualChange], in folder: ConfigurationFolder, _ world: World
  ) throws(SettingsError) -> Changed? {
    let place = try place(of: id, in: folder, world)
    let ritual = ["ritual", id.text]
    var edit = TomlEdit(bytes: place.bytes, root: place.root)
    var keys: [String] = []
    let former = place.root.entry(at: ritual).flatMap { StartedRule(ritual: $0.node) }
    let changes = try RitualChange.settled(changes, over: former)
    for change in changes {
      let before = edit.bytes
      for step in try steps(change, beside: changes, to: place, id) {
        try apply(step, below: ritual, to: &edit, id, place.path)
      }
      if edit.bytes != before, !keys.contains(change.key) { keys.append(change.key) }
    }
    guard edit.bytes != place.bytes else { return Changed(file: place.path, keys: []) }
    try checkComes(id, in: (place.path, edit.bytes), world, changing: keys)
    guard try write(edit.bytes, over: place, in: folder, world, tellingAll: false) else { return nil }
    return Changed(file: place.path, keys: keys)
  }

  /// How often a change is made again because another program has saved the file meanwhile.
  private static let mostAttempts = 5

  /// Makes a change of files that other programs change too. `change` reads them, and gives nil where one was
  /// saved between its reading and its writing: then it is made again, from what was saved.
  static func againstOthers<Value>(
    _ change: () throws(SettingsError) -> Value?
  ) throws(SettingsError) -> Value {
    for _ in 0..<mostAttempts {
      if let value = try change() { return value }
    }
    throw .beingWritten(file: "the configuration")
  }

  /// Refuses what would never come: each text of a schedule that is new, and all of them where the start is.
  static func checkComes(
    _ id: RitualID, in file: (path: String, bytes: [UInt8]), _ world: World, changing keys: [String]
  ) throws(SettingsError) {
    let loaded = Settings.load(files: [file], zones: world.zones)
    guard let clock = world.clock, let ritual = loaded.configuration.rituals.first(where: { $0.id == id })
    else { return }
    let zone = ritual.zone ?? clock.zone
    let isOver = ritual.schedule.next(after: clock.now, in: zone) == nil
    guard keys.contains("schedule") || keys.contains("start") && isOver,
      let never = ritual.schedule.neverComing(after: clock.now, in: zone).first
    else { return }
    throw .neverComes(never)
  }

  /// Takes bytes in the place of a file's, where that brings no mistake that is not there now: an unknown key
  /// that is about to be written is one. Told are those, or all of the file. False where the file is not what
  /// was read any more; it is left as it is then.
  static func write(
    _ bytes: [UInt8], over place: ParsedFile, in folder: ConfigurationFolder, _ world: World,
    tellingAll: Bool
  ) throws(SettingsError) -> Bool {
    let known = Set(folder.problems(world).map(Mistake.init))
    let after = folder.problems(world, replacing: place.path, with: bytes).filter {
      $0.severity == .error || $0.isUnknownKey
    }
    let fresh = after.filter { !known.contains(Mistake($0)) }
    guard fresh.isEmpty else {
      let told = after.filter { problem in
        fresh.contains(problem) || tellingAll && problem.severity == .error && problem.file == place.path
      }
      throw .invalid(told.map(\.refused))
    }
    do throws(FileError) {
      return try AtomicFile.replace(place.path, of: .anyone, ifStill: place.bytes, with: bytes)
    } catch {
      throw SettingsError(error, path: place.path)
    }
  }

  /// A mistake wherever it stands: the lines above it may have changed.
  private struct Mistake: Hashable {
    let file, key, what: String

    init(_ problem: Problem) {
      (file, key, what) = (problem.file, problem.key, problem.what)
    }
  }

  /// The file that holds a ritual; where there is none and a file cannot be read, it may stand there. A near
  /// name is told only where none of those files can hold the ritual itself.
  static func place(
    of id: RitualID, in folder: ConfigurationFolder, _ world: World
  ) throws(SettingsError) -> ParsedFile {
    let files = folder.files()
    if let file = files.first(where: \.isBeingWritten) { throw .beingWritten(file: file.path) }
    let parsed = files.compactMap(\.parsed)
    if let place = parsed.first(where: { $0.ids.contains(id.text) }) { return place }
    let unread = folder.problems(world).filter { $0.key.isEmpty && $0.severity == .error }
    let suggestion = nearest(id.text, among: parsed.flatMap(\.ids))
    guard unread.contains(where: { suggestion == nil || folder.mayHold(id, $0.file) }) else {
      throw .unknown(id: id, suggestion: suggestion)
    }
    throw .unreadable(unread)
  }

  /// A change's edits, and what goes with it: a start that was the old rule's is none of a new schedule's.
  private static func steps(
    _ change: RitualChange, beside changes: [RitualChange], to place: ParsedFile, _ id: RitualID
  ) throws(SettingsError) -> [RitualChange.Edit] {
    var steps = try change.edits()
    let old = place.root.entry(at: ["ritual", id.text, "schedule"])?.node
    guard change.key == "schedule", old?.isRule ?? false, !change.values.allSatisfy(RitualChange.isRuleAlone),
      !changes.contains(where: { $0.key == "start" }), !steps.contains(where: { $0.path == ["start"] })
    else { return steps }
    steps.append(RitualChange.Edit(path: ["start"], toml: nil))
    return steps
  }

  private static func apply(
    _ step: RitualChange.Edit, below ritual: [String], to edit: inout TomlEdit, _ id: RitualID, _ file: String
  ) throws(SettingsError) {
    do throws(TomlEdit.NotPossible) {
      guard let toml = step.toml else { return try edit.remove(ritual + step.path) }
      if step.path.count > 1, !edit.has(ritual + step.path.dropLast()) {
        // A table that is not there yet is written in one line.
        try edit.set(ritual + step.path.dropLast(), to: "{ \(step.path[1]) = \(toml) }")
      } else {
        try edit.set(ritual + step.path, to: toml)
      }
    } catch {
      throw .notChangeable(id: id, file: file, reason: error.reason)
    }
  }
}

extension TomlNode {
  /// Whether it is a schedule that is, or has, a recurrence rule.
  fileprivate var isRule: Bool {
    switch value {
    case .string(let text): ["RRULE", "FREQ"].contains { text.uppercased().hasPrefix($0) }
    case .array(let nodes): nodes.contains(where: \.isRule)
    default: false
    }
  }
}
