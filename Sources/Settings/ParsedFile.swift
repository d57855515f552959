import CivilTime
import Files
import Rituals

/// A file of the configuration that parses.
struct ParsedFile {
  let path: String
  let bytes: [UInt8]
  let root: TomlNode

  /// The ids of the rituals in it, the bad ones too.
  var ids: [String] { root.entry("ritual")?.node.entries?.map(\.key) ?? [] }
}

extension ConfigurationFolder {
  /// The files that a ritual of this id stands in; the first one holds.
  func places(of id: RitualID) throws(SettingsError) -> [ParsedFile] {
    let files = files()
    if let file = files.first(where: \.isBeingWritten) { throw .beingWritten(file: file.path) }
    return files.compactMap(\.parsed).filter { $0.ids.contains(id.text) }
  }

  /// Whether a file that does not parse has the id anywhere in it, or cannot be looked into.
  func mayHold(_ id: RitualID, _ path: String) -> Bool {
    guard let file = files().first(where: { $0.path == path }), case .success(let bytes) = file.content
    else { return true }
    return String(decoding: bytes, as: UTF8.self).contains(id.text)
  }

  /// All that is wrong in the folder, with other bytes in the place of one file's.
  func problems(
    _ world: DropIn.World, replacing path: String? = nil, with bytes: [UInt8] = []
  ) -> [Problem] {
    let zones = world.zones
    return Settings.load(
      files().map { file in
        if file.path == path {
          return FileReader(path: file.path, bytes: bytes, zones: zones, content: world.content)
        }
        switch file.content {
        case .success(let bytes):
          return FileReader(path: file.path, bytes: bytes, zones: zones, content: world.content)
        case .failure(let error):
          return FileReader(unreadable: file.path, because: error.reason, zones: zones)
        }
      }
    ).problems
  }
}

extension ConfigurationFolder.File {
  /// Nil where it cannot be read or does not parse.
  var parsed: ParsedFile? {
    guard case .success(let bytes) = content else { return nil }
    return ParsedFile(path: path, bytes: bytes)
  }
}

extension ParsedFile {
  /// Nil where the bytes are not TOML.
  init?(path: String, bytes: [UInt8]) {
    guard bytes.count <= FileReader.maximumSize,
      SourceText(path: path, bytes: bytes).firstInvalidPlace == nil,
      let root = try? TomlDocument.parse(bytes)
    else { return nil }
    self.init(path: path, bytes: bytes, root: root)
  }
}
