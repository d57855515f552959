package import CivilTime
package import Rituals

/// Writes rituals as files of their own, `ritual.d/ID.toml`, and removes them from where they stand.
package enum DropIn {
  /// Writes a ritual and gives the path of its new file. Nothing is overwritten, and a reader sees the whole file or
  /// none.
  package static func add(
    _ ritual: NewRitual, to folder: String, zones: any ZoneSource
  ) throws(SettingsError) -> String {
    let folder = ConfigurationFolder(path: folder)
    let path = "\(folder.dropIns)/\(ritual.id.text).toml"
    if let file = places(of: ritual.id, in: folder).first {
      throw .exists(id: ritual.id, file: file.path)
    }
    let bytes = Array(TomlText.table(of: ritual).utf8)
    // Read as the daemon will read it: what would be a mistake there is none that gets written.
    let problems = Settings.load(files: [(path, bytes)], zones: zones).problems
    guard problems.isEmpty else { throw .invalid(problems) }
    do throws(AtomicFile.WriteError) {
      try AtomicFile.makeFolder(folder.dropIns)
      try AtomicFile.create(path, bytes)
    } catch {
      throw SettingsError(error, id: ritual.id, path: path)
    }
    return path
  }

  /// Removes a ritual from the file it stands in and gives the path of that file: a drop-in that holds nothing else is
  /// deleted, another file loses the ritual's lines and keeps all others byte for byte. Of several rituals with this id
  /// it is the first, the one that holds. A file that is not TOML is not touched.
  package static func remove(_ id: RitualID, from folder: String) throws(SettingsError) -> String {
    let folder = ConfigurationFolder(path: folder)
    guard let place = places(of: id, in: folder).first else {
      throw .unknown(id: id, suggestion: nearest(id.text, among: ids(in: folder)))
    }
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
    do throws(AtomicFile.WriteError) {
      if let rest { try AtomicFile.replace(place.path, rest) } else { try AtomicFile.remove(place.path) }
    } catch {
      throw SettingsError(error, id: id, path: place.path)
    }
    return place.path
  }

  /// A file that parses.
  private struct Parsed {
    let path: String
    let bytes: [UInt8]
    let root: TomlNode

    var ids: [String] { root.entries?.first { $0.key == "ritual" }?.node.entries?.map(\.key) ?? [] }
  }

  private static func parsed(_ folder: ConfigurationFolder) -> [Parsed] {
    folder.files().compactMap { file in
      guard case .success(let bytes) = file.content, bytes.count <= FileReader.maximumSize,
        SourceText(path: file.path, bytes: bytes).firstInvalidPlace == nil,
        let root = try? TomlDocument.parse(bytes)
      else { return nil }
      return Parsed(path: file.path, bytes: bytes, root: root)
    }
  }

  private static func places(of id: RitualID, in folder: ConfigurationFolder) -> [Parsed] {
    parsed(folder).filter { $0.ids.contains(id.text) }
  }

  private static func ids(in folder: ConfigurationFolder) -> [String] { parsed(folder).flatMap(\.ids) }
}

extension SettingsError {
  fileprivate init(_ error: AtomicFile.WriteError, id: RitualID, path: String) {
    switch error {
    case .exists: self = .exists(id: id, file: path)
    case .failed(let path, let reason): self = .notWritable(path: path, reason: reason)
    }
  }
}
