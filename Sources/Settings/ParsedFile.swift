import CivilTime
import Files
import Rituals

/// A file of the configuration that parses.
struct ParsedFile {
  let path: String
  let bytes: [UInt8]
  let root: TomlNode

  /// The ids of the rituals in it, including invalid ones.
  var ids: [String] { root.entry("ritual")?.node.entries?.map(\.key) ?? [] }
}

extension ConfigurationFolder {
  /// The files that have a ritual of this id; the first one counts.
  func places(of id: RitualID) throws(SettingsError) -> [ParsedFile] {
    let files = files()
    if let file = files.first(where: \.isBeingWritten) { throw .beingWritten(file: file.path) }
    return files.compactMap(\.parsed).filter { $0.ids.contains(id.text) }
  }

  /// True if a file that does not parse contains the id, or cannot be read.
  func mayContain(_ id: RitualID, _ path: String) -> Bool {
    guard let file = files().first(where: { $0.path == path }), case .success(let bytes) = file.content
    else { return true }
    return String(decoding: bytes, as: UTF8.self).contains(id.text)
  }

  /// All problems of the folder, with other bytes for one file.
  func problems(
    _ context: ConfigurationEditor.Context, replacing path: String? = nil, with bytes: [UInt8] = []
  ) -> [Problem] {
    let zones = context.zones
    return Settings.load(
      files().map { file in
        if file.path == path {
          return FileReader(path: file.path, bytes: bytes, zones: zones, content: context.content)
        }
        switch file.content {
        case .success(let bytes):
          return FileReader(path: file.path, bytes: bytes, zones: zones, content: context.content)
        case .failure(let error):
          return FileReader(unreadable: file.path, because: error.reason, zones: zones)
        }
      }
    ).problems
  }
}

extension ConfigurationFolder.File {
  /// Nil if it cannot be read or does not parse.
  var parsed: ParsedFile? {
    guard case .success(let bytes) = content else { return nil }
    return ParsedFile(path: path, bytes: bytes)
  }
}

extension ParsedFile {
  /// Nil if the bytes are not TOML.
  init?(path: String, bytes: [UInt8]) {
    guard bytes.count <= FileReader.maximumSize,
      SourceText(path: path, bytes: bytes).firstInvalidPlace == nil,
      let root = try? ParsedToml.parse(bytes)
    else { return nil }
    self.init(path: path, bytes: bytes, root: root)
  }
}
