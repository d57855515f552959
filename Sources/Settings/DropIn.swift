package import CivilTime
package import Rituals

/// Writes rituals as files of their own, `ritual.d/ID.toml`, and removes them from where they stand.
package enum DropIn {
  /// Writes a ritual and gives the path of its new file. Nothing is overwritten, and a reader sees the whole file or
  /// none.
  package static func add(
    _ ritual: NewRitual, to folder: String, zones: any ZoneSource
  ) throws(SettingsError) -> String {
    throw .notWritable(path: folder, reason: "not built yet")
  }

  /// Removes a ritual from the file it stands in and gives the path of that file: a drop-in that holds nothing else is
  /// deleted, another file loses the ritual's lines and keeps all others byte for byte.
  package static func remove(_ id: RitualID, from folder: String) throws(SettingsError) -> String {
    throw .unknown(id: id, suggestion: nil)
  }
}
