package import CivilTime
import Files
package import Rituals

/// Presets by name, and a first configuration made of them.
package enum FirstConfiguration {
  /// The rituals of a name: all of a preset, or a single one; nil for an unknown name.
  package static func rituals(named name: String, among presets: [Preset]) -> [PresetRitual]? {
    if let preset = presets.first(where: { $0.head.id.text == name }) { return preset.rituals }
    return presets.flatMap(\.rituals).first { $0.ritual.id.text == name }.map { [$0] }
  }

  /// Every name of a preset or a ritual.
  package static func names(of presets: [Preset]) -> [String] {
    presets.map(\.head.id.text) + presets.flatMap(\.rituals).map(\.ritual.id.text)
  }

  /// The existing file that prevents a first configuration; nil if there is none.
  package static func existing(in folder: String) -> String? {
    ConfigurationFolder(path: folder).files().first?.path
  }

  /// Writes a first configuration and returns the path of its file. Overwrites nothing.
  package static func write(
    _ chosen: Set<RitualID>, of presets: [Preset], to folder: String, zones: any ZoneSource
  ) throws(SettingsError) -> String {
    let folder = ConfigurationFolder(path: folder)
    if let file = folder.files().first {
      throw .notWritable(path: folder.main, reason: "there is a configuration already, \(file.path)")
    }
    let bytes = Array(text(of: chosen, presets).utf8)
    let problems = Settings.load(files: [(folder.main, bytes)], zones: zones).problems
    guard !problems.contains(where: { $0.severity == .error }) else { throw .invalid(problems) }
    do throws(FileError) {
      try Folders.make(folder.path)
      try AtomicFile.create(folder.main, bytes)
    } catch {
      throw SettingsError(error, path: folder.main)
    }
    return folder.main
  }

  private static func text(of chosen: Set<RitualID>, _ presets: [Preset]) -> String {
    var text = """
      # Your rituals. Change what you like: it counts when the file is saved, and ritualctl check looks it over.
      # All keys: man ritual.toml

      """
    for preset in presets {
      let rituals = preset.rituals.filter { chosen.contains($0.ritual.id) }
      guard !rituals.isEmpty else { continue }
      text += "\n# \(preset.head.title): \(preset.head.about ?? "")\n\n"
      text += rituals.map(\.text).joined(separator: "\n")
    }
    return text
  }
}

extension ConfigurationEditor {
  /// Writes a ritual of a preset, with its comments, as a file of its own, and returns its path. Overwrites
  /// nothing.
  package static func add(_ preset: PresetRitual, to folder: String) throws(SettingsError) -> String {
    let folder = ConfigurationFolder(path: folder)
    let id = preset.ritual.id
    let path = "\(folder.dropIns)/\(id.text).toml"
    if let file = try folder.places(of: id).first { throw .exists(id: id, file: file.path) }
    do throws(FileError) {
      try Folders.make(folder.dropIns)
      try AtomicFile.create(path, Array(preset.text.utf8))
    } catch {
      throw SettingsError(error, id: id, path: path)
    }
    return path
  }
}
