package import CivilTime
import Rituals

/// Reads the configuration: `ritual.toml`, then `ritual.d/*.toml` in the order of their names' bytes.
package enum Settings {
  /// Reads the files of a folder (`$XDG_CONFIG_HOME/ritual`). No folder and no file is no mistake: there are no
  /// rituals then.
  package static func load(folder: String, zones: any ZoneSource) -> Loaded {
    load(files: [], zones: zones)
  }

  /// Reads files that are in memory, in this order; the first ritual of an id wins.
  package static func load(files: [(path: String, bytes: [UInt8])], zones: any ZoneSource) -> Loaded {
    Loaded(configuration: Configuration(defaults: .standard, rituals: [], files: [:]), problems: [])
  }
}
