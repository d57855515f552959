import CivilTime
import Control
import Engine
import Rituals
import Schedules
import Settings
import Varlink

/// Changes of the configuration. They are written to its files, which are then read like after any other
/// change.
extension ControlService {
  func addChanges() {
    handleEdit(AddRequest.self) { [unowned self] request, call in try call.reply(try add(request))
    }
    handleEdit(RemoveRequest.self) { [unowned self] request, call in
      try call.reply(RemoveReply(file: try remove(request.ritual)))
    }
    addEdits()
    handle(ReloadRequest.self) { [unowned self] _, call in
      daemon.reload { [unowned self] in
        let loaded = daemon.loaded
        reply(
          ReloadReply(
            rituals: loaded.configuration.rituals.count, problems: loaded.problems.map { Control.Problem($0) }
          ),
          to: call)
      }
    }
  }

  private func add(_ request: AddRequest) throws -> AddReply {
    let hasStart = request.more?.contains { $0.key == "start" && !$0.values.isEmpty } ?? false
    for text in request.schedule {
      try understand(text, besideStart: hasStart) { text throws(ScheduleError) in [text] }
    }
    let id = try request.id.map(self.id(_:)) ?? id(for: request.title)
    let urgency = try request.urgency.map { text in
      guard let urgency = Urgency(rawValue: text) else {
        throw InvalidValue(name: "urgency", text: text, accepted: "low, normal or critical")
      }
      return urgency
    }
    if let file = daemon.loaded.configuration.file(of: id) { throw RitualExists(ritual: id.text, file: file) }
    let ritual = NewRitual(
      id: id, title: request.title, message: request.message, schedule: request.schedule,
      timezone: request.timezone, urgency: urgency, more: (request.more ?? []).map { RitualChange($0) })
    let file = try writing { () throws(SettingsError) in
      try ConfigurationEditor.add(ritual, to: daemon.paths.configuration, world)
    }
    daemon.reload()
    return AddReply(id: id.text, file: file, next: daemon.engine.next(of: id).map(moment))
  }

  private func remove(_ text: String) throws -> String {
    if let away = RitualID(text), daemon.engine.absences[away] != nil {
      daemon.apply(.removed(away))
      return ""
    }
    let id = try subject(text)
    let file = try writing { () throws(SettingsError) in
      try ConfigurationEditor.remove(id, from: daemon.paths.configuration, world)
    }
    daemon.reload(removed: id)
    return file
  }

  /// Throws for a ritual of a calendar: it is in no file of the configuration.
  func checkIsWritten(_ id: RitualID) throws {
    guard let calendar = id.calendar else { return }
    throw NotWritable(
      path: daemon.loaded.configuration.file(of: id) ?? id.text,
      reason: "it comes from the calendar \(calendar); change it there")
  }

  private func id(_ text: String) throws -> RitualID {
    guard let id = RitualID(text), id.calendar == nil else {
      throw InvalidValue(name: "id", text: text, accepted: RitualID.accepted)
    }
    return id
  }

  /// A new id, made of a title: `goodbye-kiss`, or `goodbye-kiss-2` if that is taken.
  private func id(for title: String) throws -> RitualID {
    let taken = Set(daemon.loaded.configuration.rituals.map(\.id))
    let base = RitualID.key(of: title)
    let first = base.isEmpty ? "ritual" : base
    for candidate in [first] + (2...999).map({ "\(first)-\($0)" }) {
      if let id = RitualID(candidate), !taken.contains(id) { return id }
    }
    throw InvalidValue(name: "title", text: title, accepted: "a title that is not taken, or an id beside it")
  }

  /// Turns errors into those of the interface, except `beingWritten`, after which `handleEdit` tries again.
  func writing<Value>(_ body: () throws(SettingsError) -> Value) throws -> Value {
    do throws(SettingsError) {
      return try body()
    } catch {
      if case .beingWritten = error { throw error }
      throw error.onTheWire
    }
  }
}
