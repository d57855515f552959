import Files
package import Rituals

/// Writes rituals as files of their own, `ritual.d/ID.toml`, and removes them from their files.
package enum ConfigurationEditor {
  /// Writes a ritual and returns the path of its new file. It overwrites nothing, and a reader sees the whole
  /// file or none.
  package static func add(
    _ ritual: NewRitual, to folder: String, _ context: Context
  ) throws(SettingsError) -> String {
    let folder = ConfigurationFolder(path: folder)
    let path = "\(folder.dropIns)/\(ritual.id.text).toml"
    if let file = try folder.places(of: ritual.id).first {
      throw .exists(id: ritual.id, file: file.path)
    }
    let bytes = Array(try TomlText.table(of: ritual).utf8)
    // Read as the daemon will read it: a ritual with a mistake is not written.
    let problems = Settings.load(files: [(path, bytes)], zones: context.zones, content: context.content)
      .problems
    guard !problems.contains(where: { $0.severity == .error }) else { throw .invalid(problems) }
    try refuseNeverComing(ritual.id, in: (path, bytes), context, changing: ["schedule"])
    do throws(FileError) {
      try Folders.make(folder.dropIns)
      try AtomicFile.create(path, bytes)
    } catch {
      throw SettingsError(error, id: ritual.id, path: path)
    }
    return path
  }

  /// Removes a ritual from its file and returns the path: a drop-in without other content is deleted, another
  /// file loses the ritual's lines and keeps all other bytes. Of several rituals with this id it removes the
  /// first, which is the valid one. It removes a ritual with mistakes too, whatever is wrong elsewhere; a
  /// file that is not TOML is not touched.
  package static func remove(
    _ id: RitualID, from folder: String, _ context: Context
  ) throws(SettingsError) -> String {
    let folder = ConfigurationFolder(path: folder)
    return try retryingOnConflict { () throws(SettingsError) in try remove(id, from: folder, context) }
  }

  /// Nil if another program has saved the file meanwhile.
  private static func remove(
    _ id: RitualID, from folder: ConfigurationFolder, _ context: Context
  ) throws(SettingsError) -> String? {
    let place = try findFile(of: id, in: folder, context)
    let removal = RitualRemoval(id: id, bytes: place.bytes, root: place.root)
    // Nil deletes the file.
    var rest: [UInt8]?
    if !removal.isAlone || place.path == folder.main {
      do throws(NotEditable) {
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
  /// - Parameter id: the ritual of the file; if the file's name is taken, the ritual exists.
  init(_ error: FileError, id: RitualID? = nil, path: String) {
    switch error.cause {
    case .system where error.isTaken:
      self = id.map { .exists(id: $0, file: path) } ?? .notWritable(path: path, reason: "it exists already")
    case .beingWritten: self = .beingWritten(file: path)
    default: self = .notWritable(path: path, reason: error.reason)
    }
  }
}
