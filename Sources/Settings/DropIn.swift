import Files
package import Rituals

/// Writes rituals as files of their own, `ritual.d/ID.toml`, and removes them from where they stand.
package enum DropIn {
  /// Writes a ritual and gives the path of its new file. Nothing is overwritten, and a reader sees the whole
  /// file or none.
  package static func add(
    _ ritual: NewRitual, to folder: String, _ world: World
  ) throws(SettingsError) -> String {
    let folder = ConfigurationFolder(path: folder)
    let path = "\(folder.dropIns)/\(ritual.id.text).toml"
    if let file = try folder.places(of: ritual.id).first {
      throw .exists(id: ritual.id, file: file.path)
    }
    let bytes = Array(try TomlText.table(of: ritual).utf8)
    // Read as the daemon will read it: what would be a mistake there is none that gets written.
    let problems = Settings.load(files: [(path, bytes)], zones: world.zones, content: world.content).problems
    guard !problems.contains(where: { $0.severity == .error }) else { throw .invalid(problems) }
    try checkComes(ritual.id, in: (path, bytes), world, changing: ["schedule"])
    do throws(FileError) {
      try Folders.make(folder.dropIns)
      try AtomicFile.create(path, bytes)
    } catch {
      throw SettingsError(error, id: ritual.id, path: path)
    }
    return path
  }

  /// Removes a ritual from the file it stands in and gives the path of that file: a drop-in that holds
  /// nothing else is deleted, another file loses the ritual's lines and keeps all others byte for byte. Of
  /// several rituals with this id it is the first, the one that holds. A ritual with mistakes is removed like
  /// any other, whatever is wrong elsewhere; a file that is not TOML is not touched.
  package static func remove(
    _ id: RitualID, from folder: String, _ world: World
  ) throws(SettingsError) -> String {
    let folder = ConfigurationFolder(path: folder)
    return try againstOthers { () throws(SettingsError) in try remove(id, from: folder, world) }
  }

  /// Nil where another program has saved the file meanwhile.
  private static func remove(
    _ id: RitualID, from folder: ConfigurationFolder, _ world: World
  ) throws(SettingsError) -> String? {
    let place = try place(of: id, in: folder, world)
    let removal = Removal(id: id, bytes: place.bytes, root: place.root)
    // Nil: the file goes.
    var rest: [UInt8]?
    if !removal.isAlone || place.path == folder.main {
      do throws(Removal.NotPossible) {
        rest = try removal.rest()
      } catch {
        throw .notRemovable(id: id, file: place.path, reason: error.reason)
      }
    }
    do throws(FileError) {
      let isDone =
        if let rest {
          try AtomicFile.replace(place.path, of: .anyone, ifStill: place.bytes, with: rest)
        } else {
          try AtomicFile.remove(place.path, ifStill: place.bytes)
        }
      return isDone ? place.path : nil
    } catch {
      throw SettingsError(error, id: id, path: place.path)
    }
  }
}

extension SettingsError {
  /// - Parameter id: the ritual that was to have the file, where its name being taken means that it exists.
  init(_ error: FileError, id: RitualID? = nil, path: String) {
    switch error.cause {
    case .system where error.isTaken:
      self = id.map { .exists(id: $0, file: path) } ?? .notWritable(path: path, reason: "it is there")
    case .beingWritten: self = .beingWritten(file: path)
    default: self = .notWritable(path: path, reason: error.reason)
    }
  }
}
