package import Rituals

/// A configuration file that the user edits.
package struct EditedFile: Sendable, Hashable {
  /// Its path.
  package let file: String
  package let text: String
  /// The line on which the ritual begins, from 1.
  package let line: Int
  /// The identity of this text among the file's earlier and later ones.
  package let revision: String
}

extension ConfigurationEditor {
  /// The file of a ritual, with its text. A file that is not TOML is refused.
  package static func editedFile(
    of id: RitualID, in folder: String, _ context: Context
  ) throws(SettingsError) -> EditedFile {
    let place = try findFile(of: id, in: ConfigurationFolder(path: folder), context)
    let line = place.root.entry(at: ["ritual", id.text])?.keyRegion.begin.line ?? 1
    return EditedFile(
      file: place.path, text: String(decoding: place.bytes, as: UTF8.self), line: max(1, line),
      revision: revision(of: place.bytes))
  }

  /// Replaces a file's text if the file still has the text of that revision, and if the whole configuration
  /// then has no new mistake. Returns false if the text is the same.
  package static func rewrite(
    _ file: String, with text: String, revision: String, in folder: String, _ context: Context
  ) throws(SettingsError) -> Bool {
    let folder = ConfigurationFolder(path: folder)
    // Only readable files of the configuration are written.
    let files = folder.files()
    if files.contains(where: { $0.path == file && $0.isBeingWritten }) { throw .beingWritten(file: file) }
    guard let place = files.first(where: { $0.path == file })?.parsed,
      self.revision(of: place.bytes) == revision
    else { throw .outdated(file: file) }
    let bytes = Array(text.utf8)
    guard bytes != place.bytes else { return false }
    guard try write(bytes, over: place, in: folder, context, reportingAll: true) else {
      throw .outdated(file: file)
    }
    return true
  }

  /// FNV-1a of 64 bits, and the length: it detects accidents, not attacks.
  private static func revision(of bytes: [UInt8]) -> String {
    let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    return String(hash, radix: 16) + "-\(bytes.count)"
  }
}
