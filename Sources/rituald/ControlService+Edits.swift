import CivilTime
import Control
import Engine
import Phrases
import Rituals
import Schedules
import Settings
import SystemZones
import Varlink

/// Changes of rituals in their files, and whole files from an editor.
extension ControlService {
  func addEdits() {
    handleEdit(SetRequest.self) { [unowned self] request, call in
      try call.reply(SetReply(changed: try set(request)))
    }
    handleEdit(EnableRequest.self) { [unowned self] request, call in
      try call.reply(EnableReply(changed: try enable(request)))
    }
    handleEdit(SourceRequest.self) { [unowned self] request, call in
      let id = try subject(request.ritual)
      let edited = try writing { () throws(SettingsError) in
        try ConfigurationEditor.editedFile(of: id, in: daemon.paths.configuration, world)
      }
      try call.reply(
        SourceReply(
          file: edited.file, text: edited.text, line: edited.line, revision: edited.revision))
    }
    // The text is a whole file, and may be as long as a request.
    handleEdit(RewriteRequest.self, longestText: Limits().message) {
      [unowned self] request, call in
      let changed = try writing { () throws(SettingsError) in
        try ConfigurationEditor.rewrite(
          request.file, with: request.text, revision: request.revision, in: daemon.paths.configuration,
          world)
      }
      if changed { daemon.reload() }
      try call.reply(
        RewriteReply(
          changed: changed, rituals: daemon.loaded.configuration.rituals.count,
          problems: daemon.loaded.problems.map { Control.Problem($0) }))
    }
  }

  var world: ConfigurationEditor.Context {
    let clock = ConfigurationEditor.Clock(
      now: SystemClock.now, zone: daemon.loaded.configuration.defaults.zone ?? zone)
    return ConfigurationEditor.Context(
      zones: daemon.local.zones, content: daemon.content.library.names, clock: clock)
  }

  private func set(_ request: SetRequest) throws -> Changed {
    let id = try subject(request.ritual)
    let zone = wallClock(of: id, after: request.changes)
    let changes = try request.changes.map { change in
      guard change.key == "schedule" else { return RitualChange(change) }
      let texts = try change.values.flatMap { text in
        // A start may stand beside the schedule. The file is checked as a whole in the end.
        try understand(text, besideStart: true) { words throws(ScheduleError) in
          try PlainWords.schedules(from: words, now: SystemClock.now, in: zone)
        }
      }
      return RitualChange(key: change.key, values: texts)
    }
    return changed(id, try write(changes, to: id))
  }

  private func enable(_ request: EnableRequest) throws -> [Changed] {
    // All rituals are found before the first is changed.
    let ids = try request.rituals.map { try subject($0) }
    for id in ids {
      _ = try writing { () throws(SettingsError) in
        try ConfigurationEditor.editedFile(of: id, in: daemon.paths.configuration, world)
      }
    }
    return try ids.map { id in
      let isEnabled = daemon.loaded.configuration.rituals.first { $0.id == id }?.isEnabled
      // A ritual without a line `enabled` is enabled.
      guard isEnabled != request.on else { return changed(id) }
      return changed(
        id, try write([RitualChange(key: "enabled", values: [request.on ? "yes" : "no"])], to: id))
    }
  }

  private func write(_ changes: [RitualChange], to id: RitualID) throws -> ConfigurationEditor.ChangedKeys {
    let changed = try writing { () throws(SettingsError) in
      try ConfigurationEditor.change(id, changes, in: daemon.paths.configuration, world)
    }
    if !changed.keys.isEmpty { daemon.reload() }
    return changed
  }

  /// The reply about a ritual after a change, or without one.
  private func changed(_ id: RitualID, _ changed: ConfigurationEditor.ChangedKeys? = nil) -> Changed {
    let configuration = daemon.loaded.configuration
    return Changed(
      ritual: id.text, title: configuration.rituals.first { $0.id == id }?.title ?? "",
      keys: changed?.keys ?? [], file: changed?.file ?? configuration.file(of: id) ?? "",
      next: daemon.engine.next(of: id).map(moment))
  }

  /// The id of a ritual in a file that the user named. The ritual may have mistakes, and has no title then.
  func subject(_ text: String) throws -> RitualID {
    let id = try self.id(named: text)
    if id.calendar != nil {
      _ = try ritual(text)
      try checkIsWritten(id)
    }
    return id
  }

  /// The zone for words such as "tomorrow": that of the ritual after the changes.
  private func wallClock(of id: RitualID, after changes: [Control.Change]) -> Zone {
    if let name = changes.last(where: { $0.key == "timezone" })?.values.first {
      return (try? daemon.local.zones.zone(named: name)) ?? zone
    }
    return daemon.loaded.configuration.rituals.first { $0.id == id }?.zone ?? zone
  }

  /// A schedule's texts in the schedule language, checked. `translate` makes them of the user's text. With
  /// `besideStart` a rule needs no start of its own.
  @discardableResult
  func understand(
    _ said: String, besideStart: Bool = false, _ translate: (String) throws(ScheduleError) -> [String]
  ) throws -> [String] {
    var text = said
    do throws(ScheduleError) {
      let texts = try translate(said)
      for translated in texts {
        text = translated
        _ = try Schedule(parsing: text, besideStart: besideStart, zones: daemon.local.zones)
      }
      return texts
    } catch {
      throw InvalidSchedule(text, error)
    }
  }

  /// The meaning of a time in words. The user is told what is missing in them.
  func readTime<Meaning>(
    _ text: String, _ read: (String) throws(ScheduleError) -> Meaning
  ) throws -> Meaning {
    do throws(ScheduleError) {
      return try read(text)
    } catch {
      throw InvalidSchedule(text, error)
    }
  }
}

extension InvalidSchedule {
  fileprivate init(_ text: String, _ error: ScheduleError) {
    self.init(
      text: text, position: error.range.lowerBound, reason: error.reason, accepted: error.accepted)
  }
}

extension RitualChange {
  nonisolated init(_ change: Control.Change) { self.init(key: change.key, values: change.values) }
}
