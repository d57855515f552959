package import CivilTime
import Files
import Phrases
package import Rituals
import Schedules

/// Changes of rituals in their files.
extension ConfigurationEditor {
  /// The context of a change: time zones, and the existing decks and guides, if they are known.
  package struct Context {
    let zones: any ZoneSource
    let content: ContentNames?
    let clock: Clock?

    package init(zones: any ZoneSource, content: ContentNames? = nil, clock: Clock? = nil) {
      self.zones = zones
      self.content = content
      self.clock = clock
    }
  }

  /// The present time. If it is known, schedules that never come are refused.
  package struct Clock: Sendable {
    let now: Instant
    /// The zone of rituals that name none.
    let zone: Zone

    package init(now: Instant, zone: Zone) {
      self.now = now
      self.zone = zone
    }
  }

  /// The result of a change.
  package struct ChangedKeys: Sendable, Hashable {
    /// The path of the ritual's file.
    package let file: String
    /// The changed or removed keys, in the order in which they were named; empty if nothing changed and
    /// nothing was written.
    package let keys: [String]
  }

  /// Changes keys of a ritual in its file, all of them or none, and keeps every other byte. Writes only if
  /// the whole configuration then has no new mistake. A file that is not TOML is not touched.
  package static func change(
    _ id: RitualID, _ changes: [RitualChange], in folder: String, _ context: Context
  ) throws(SettingsError) -> ChangedKeys {
    let folder = ConfigurationFolder(path: folder)
    return try retryingOnConflict { () throws(SettingsError) in try change(id, changes, in: folder, context) }
  }

  /// Nil if another program has saved the file meanwhile.
  private static func change(
    _ id: RitualID, _ changes: [RitualChange], in folder: ConfigurationFolder, _ context: Context
  ) throws(SettingsError) -> ChangedKeys? {
    let place = try findFile(of: id, in: folder, context)
    let ritual = ["ritual", id.text]
    var edit = EditableToml(bytes: place.bytes, root: place.root)
    var keys: [String] = []
    let former = place.root.entry(at: ritual).flatMap { StartedRule(ritual: $0.node) }
    let changes = try RitualChange.settled(changes, over: former)
    for change in changes {
      let before = edit.bytes
      for step in try edits(change, beside: changes, to: place, id) {
        try apply(step, below: ritual, to: &edit, id, place.path)
      }
      if edit.bytes != before, !keys.contains(change.key) { keys.append(change.key) }
    }
    guard edit.bytes != place.bytes else { return ChangedKeys(file: place.path, keys: []) }
    try refuseNeverComing(id, in: (place.path, edit.bytes), context, changing: keys)
    guard try write(edit.bytes, over: place, in: folder, context, reportingAll: false) else { return nil }
    return ChangedKeys(file: place.path, keys: keys)
  }

  /// The number of attempts if other programs save the file meanwhile.
  private static let maximumAttempts = 5

  /// Changes files that other programs change too. `change` reads them, and returns nil if one was saved
  /// between its reading and its writing: then it runs again, on the new text.
  static func retryingOnConflict<Value>(
    _ change: () throws(SettingsError) -> Value?
  ) throws(SettingsError) -> Value {
    for _ in 0..<maximumAttempts {
      if let value = try change() { return value }
    }
    throw .beingWritten(file: "the configuration")
  }

  /// Refuses schedules that never come: each new text, or all texts if the start is new.
  static func refuseNeverComing(
    _ id: RitualID, in file: (path: String, bytes: [UInt8]), _ context: Context, changing keys: [String]
  ) throws(SettingsError) {
    let loaded = Settings.load(files: [file], zones: context.zones)
    guard let clock = context.clock, let ritual = loaded.configuration.rituals.first(where: { $0.id == id })
    else { return }
    let zone = ritual.zone ?? clock.zone
    let isOver = ritual.schedule.next(after: clock.now, in: zone) == nil
    guard keys.contains("schedule") || keys.contains("start") && isOver,
      let never = ritual.schedule.textsWithoutOccurrence(after: clock.now, in: zone).first
    else { return }
    throw .neverComes(never)
  }

  /// Replaces a file's bytes if that adds no mistake; a new unknown key counts as one. Throws the new
  /// mistakes, or all mistakes of the file. Returns false, and leaves the file as it is, if its bytes have
  /// changed since they were read.
  static func write(
    _ bytes: [UInt8], over place: ParsedFile, in folder: ConfigurationFolder, _ context: Context,
    reportingAll: Bool
  ) throws(SettingsError) -> Bool {
    let known = Set(folder.problems(context).map(Mistake.init))
    let after = folder.problems(context, replacing: place.path, with: bytes).filter {
      $0.severity == .error || $0.isUnknownKey
    }
    let added = after.filter { !known.contains(Mistake($0)) }
    guard added.isEmpty else {
      let reported = after.filter { problem in
        added.contains(problem) || reportingAll && problem.severity == .error && problem.file == place.path
      }
      throw .invalid(reported.map(\.refused))
    }
    do throws(FileError) {
      return try AtomicFile.replace(place.path, of: .anyone, ifStill: place.bytes, with: bytes)
    } catch {
      throw SettingsError(error, path: place.path)
    }
  }

  /// A mistake without its line: the lines above it may have changed.
  private struct Mistake: Hashable {
    let file, key, what: String

    init(_ problem: Problem) {
      (file, key, what) = (problem.file, problem.key, problem.what)
    }
  }

  /// The file that has a ritual. If none has it and a file cannot be read, that file may have it, so the
  /// error names it. A near name is suggested only if none of those files can have the ritual itself.
  static func findFile(
    of id: RitualID, in folder: ConfigurationFolder, _ context: Context
  ) throws(SettingsError) -> ParsedFile {
    let files = folder.files()
    if let file = files.first(where: \.isBeingWritten) { throw .beingWritten(file: file.path) }
    let parsed = files.compactMap(\.parsed)
    if let place = parsed.first(where: { $0.ids.contains(id.text) }) { return place }
    let unread = folder.problems(context).filter { $0.key.isEmpty && $0.severity == .error }
    let suggestion = nearest(id.text, among: parsed.flatMap(\.ids))
    guard unread.contains(where: { suggestion == nil || folder.mayContain(id, $0.file) }) else {
      throw .unknown(id: id, suggestion: suggestion)
    }
    throw .unreadable(unread)
  }

  /// The edits of the changes, and what follows from them: a start that belonged to the old rule is removed
  /// with it.
  private static func edits(
    _ change: RitualChange, beside changes: [RitualChange], to place: ParsedFile, _ id: RitualID
  ) throws(SettingsError) -> [RitualChange.Edit] {
    var edits = try change.edits()
    let old = place.root.entry(at: ["ritual", id.text, "schedule"])?.node
    guard change.key == "schedule", old?.isRule ?? false, !change.values.allSatisfy(RitualChange.isRuleAlone),
      !changes.contains(where: { $0.key == "start" }), !edits.contains(where: { $0.path == ["start"] })
    else { return edits }
    edits.append(RitualChange.Edit(path: ["start"], toml: nil))
    return edits
  }

  private static func apply(
    _ step: RitualChange.Edit, below ritual: [String], to edit: inout EditableToml, _ id: RitualID,
    _ file: String
  ) throws(SettingsError) {
    do throws(NotEditable) {
      guard let toml = step.toml else { return try edit.remove(ritual + step.path) }
      if step.path.count > 1, !edit.has(ritual + step.path.dropLast()) {
        // A missing table is written on one line.
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
  /// True if it is a schedule with a recurrence rule.
  fileprivate var isRule: Bool {
    switch value {
    case .string(let text): ["RRULE", "FREQ"].contains { text.uppercased().hasPrefix($0) }
    case .array(let nodes): nodes.contains(where: \.isRule)
    default: false
    }
  }
}
