package import CivilTime
import Files
import Rituals

/// Reads the configuration: `ritual.toml`, then `ritual.d/*.toml` in the order of their names' bytes.
package enum Settings {
  /// Reads the files of a folder (`$XDG_CONFIG_HOME/ritual`). A missing folder or file is no mistake: there
  /// are no rituals then. If `content` is given, rituals may refer only to these decks and guides. Values
  /// that a mistake leaves out stay as in the `earlier` configuration.
  package static func load(
    folder: String, zones: any ZoneSource, content: ContentNames? = nil, after earlier: Configuration? = nil
  ) -> Loaded {
    let readers = ConfigurationFolder(path: folder).files().map { file in
      switch file.content {
      case .success(let bytes):
        FileReader(path: file.path, bytes: bytes, zones: zones, content: content)
      case .failure(let error): FileReader(unreadable: file.path, because: error.reason, zones: zones)
      }
    }
    return load(readers, after: earlier)
  }

  /// Reads files in memory, in this order; the first ritual of an id wins.
  package static func load(
    files: [(path: String, bytes: [UInt8])], zones: any ZoneSource, content: ContentNames? = nil,
    after earlier: Configuration? = nil
  ) -> Loaded {
    load(
      files.map { FileReader(path: $0.path, bytes: $0.bytes, zones: zones, content: content) }, after: earlier
    )
  }

  /// Reads all defaults first: they apply to the rituals of every file.
  static func load(_ files: [FileReader], after earlier: Configuration? = nil) -> Loaded {
    var ground = earlier.map { GlobalValues(keeping: $0, in: files) } ?? GlobalValues()
    var files = files
    for index in files.indices { ground = files[index].readGlobalValues(over: ground) }
    var taken: [RitualID: RitualPlace] = [:]
    var rituals: [Ritual] = []
    var homes: [RitualID: String] = [:]
    for index in files.indices {
      for ritual in files[index].readRituals(defaults: ground.defaults, taken: &taken) {
        rituals.append(ritual)
        homes[ritual.id] = files[index].source.path
      }
    }
    var calendars: [SharedCalendar] = []
    var names: [String: RitualPlace] = [:]
    // Made once: with a set for each file, the time would grow with the square of their number.
    let ids = Set(taken.keys)
    for index in files.indices {
      calendars += files[index].readCalendars(rituals: ids, taken: &names)
    }
    let loaded = Loaded(
      configuration: Configuration(
        defaults: ground.defaults, rules: ground.rules, keep: ground.keep, rituals: rituals, files: homes,
        calendars: calendars),
      problems: files.flatMap(\.sortedProblems))
    return earlier.map { loaded.keepingValid(of: $0) } ?? loaded
  }
}
