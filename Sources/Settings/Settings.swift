package import CivilTime
import Rituals

/// Reads the configuration: `ritual.toml`, then `ritual.d/*.toml` in the order of their names' bytes.
package enum Settings {
  /// Reads the files of a folder (`$XDG_CONFIG_HOME/ritual`). No folder and no file is no mistake: there are no
  /// rituals then. Where `content` is given, rituals may refer to these decks and guides alone.
  package static func load(
    folder: String, zones: any ZoneSource, content: ContentNames? = nil
  ) -> Loaded {
    let readers = ConfigurationFolder(path: folder).files().map { file in
      switch file.content {
      case .success(let bytes):
        FileReader(path: file.path, bytes: bytes, zones: zones, content: content)
      case .failure(let error): FileReader(unreadable: file.path, because: error.reason, zones: zones)
      }
    }
    return load(readers)
  }

  /// Reads files that are in memory, in this order; the first ritual of an id wins.
  package static func load(
    files: [(path: String, bytes: [UInt8])], zones: any ZoneSource, content: ContentNames? = nil
  ) -> Loaded {
    load(files.map { FileReader(path: $0.path, bytes: $0.bytes, zones: zones, content: content) })
  }

  /// All defaults come first: they hold for the rituals of every file.
  static func load(_ files: [FileReader]) -> Loaded {
    var files = files
    var defaults = Defaults.standard
    var rules = HouseRules.standard
    var keep = Configuration.standardKeep
    for index in files.indices {
      files[index].checkKeys(of: files[index].entries, in: [], Keys.root)
      defaults = files[index].readDefaults(over: defaults)
      rules = files[index].readHouseRules(over: rules)
      keep = files[index].readKeep(over: keep)
    }
    var taken: [RitualID: RitualPlace] = [:]
    var rituals: [Ritual] = []
    var homes: [RitualID: String] = [:]
    for index in files.indices {
      for ritual in files[index].readRituals(defaults: defaults, taken: &taken) {
        rituals.append(ritual)
        homes[ritual.id] = files[index].source.path
      }
    }
    var calendars: [SharedCalendar] = []
    var names: [String: RitualPlace] = [:]
    for index in files.indices {
      calendars += files[index].readCalendars(rituals: Set(taken.keys), taken: &names)
    }
    return Loaded(
      configuration: Configuration(
        defaults: defaults, rules: rules, keep: keep, rituals: rituals, files: homes, calendars: calendars),
      problems: files.flatMap(\.sortedProblems))
  }
}
