import Control
import Engine
import Phrases
import Rituals
import Settings
import Varlink

/// Adding the rituals of presets, each in a file of its own.
extension ControlService {
  func addPresets() {
    handleEdit(AddPresetRequest.self) { [unowned self] request, call in
      try call.reply(try add(preset: request.preset))
    }
  }

  /// Adds the rituals of a preset. Rituals whose ids exist stay as they are.
  private func add(preset name: String) throws -> AddPresetReply {
    let presets = daemon.content.library.presets(zones: daemon.local.zones)
    guard let rituals = FirstConfiguration.rituals(named: name, among: presets) else {
      let accepted = presets.map(\.head.id.text)
      throw NoSuchPreset(
        preset: name, didYouMean: nearest(name, among: FirstConfiguration.names(of: presets)),
        accepted: accepted)
    }
    var files: [(id: RitualID, file: String)] = []
    var present: [String] = []
    for ritual in rituals {
      let file = try writing { () throws(SettingsError) in
        do throws(SettingsError) {
          return try ConfigurationEditor.add(ritual, to: daemon.paths.configuration) as String?
        } catch {
          guard case .exists = error else { throw error }
          return nil
        }
      }
      if let file { files.append((ritual.ritual.id, file)) } else { present.append(ritual.ritual.id.text) }
    }
    daemon.reload()
    let added = files.map { id, file in
      Added(id: id.text, file: file, next: daemon.engine.next(of: id).map(moment))
    }
    return AddPresetReply(added: added, present: present)
  }
}
