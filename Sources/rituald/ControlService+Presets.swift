import Control
import Engine
import Rituals
import Settings
import Varlink

/// Rituals of presets, added as files of their own.
extension ControlService {
  func addPresets() {
    handle("AddPreset", as: PresetRequest.self) { [unowned self] request, call in
      try call.reply(try add(preset: request.preset))
    }
  }

  /// Those that are there already stay as they are.
  private func add(preset name: String) throws -> PresetReply {
    let presets = daemon.content.library.presets(zones: daemon.zones)
    guard let rituals = Starter.rituals(named: name, among: presets) else {
      let accepted = presets.map(\.head.id.text)
      throw NoSuchPreset(
        preset: name, didYouMean: nearest(name, among: Starter.names(of: presets)), accepted: accepted)
    }
    var files: [(id: RitualID, file: String)] = []
    var present: [String] = []
    for ritual in rituals {
      do throws(SettingsError) {
        files.append((ritual.ritual.id, try DropIn.add(ritual, to: daemon.paths.configuration)))
      } catch {
        guard case .exists(let id, _) = error else { throw error.onTheWire }
        present.append(id.text)
      }
    }
    daemon.reload()
    let added = files.map { id, file in
      Added(id: id.text, file: file, next: daemon.engine.next(of: id).map(moment))
    }
    return PresetReply(added: added, present: present)
  }
}
