import Rituals

extension FileReader {
  /// Reads the file's `[defaults]` over those of the files before it: a later file wins key by key, as in
  /// systemd's drop-ins. A bad value changes nothing.
  mutating func readDefaults(over earlier: Defaults) -> Defaults {
    var defaults = earlier
    guard let entry = entries.first(where: { $0.key == "defaults" }) else { return defaults }
    let path = ["defaults"]
    guard let table = table(entry, path) else { return defaults }
    checkKeys(of: table, in: path, KnownKeys.defaults)
    for entry in table {
      let path = path + [entry.key]
      switch entry.key {
      case "timezone": if let zone = zone(entry, path) { defaults.zone = zone.zone }
      case "missed": if let missed = missed(entry, path) { defaults.missed = missed }
      case "snooze": if let snoozes = snoozes(entry, path) { defaults.snoozes = snoozes }
      case "nudge": if let nudge = nudge(entry, path, over: defaults.nudge) { defaults.nudge = nudge }
      default: break
      }
    }
    return defaults
  }
}
