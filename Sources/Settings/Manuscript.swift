package import Rituals

/// A file of the configuration in an editor's hands.
package struct Manuscript: Sendable, Hashable {
  /// Its path.
  package let file: String
  package let text: String
  /// The line on which the ritual begins, counted from 1.
  package let line: Int
  /// Tells this text from any other that the file had before or has afterwards.
  package let revision: String
}

extension DropIn {
  /// The file that a ritual stands in, as it is. A file that is not TOML is not given out.
  package static func manuscript(
    of id: RitualID, in folder: String, _ world: World
  ) throws(SettingsError) -> Manuscript {
    let place = try place(of: id, in: ConfigurationFolder(path: folder), world)
    let line = place.root.entry(at: ["ritual", id.text])?.keyRegion.begin.line ?? 1
    return Manuscript(
      file: place.path, text: String(decoding: place.bytes, as: UTF8.self), line: max(1, line),
      revision: revision(of: place.bytes))
  }

  /// Takes a text in the place of a file's, where the file still has the text of that revision, and where the
  /// whole configuration has no mistake then that it has not now. Returns whether it is another text.
  package static func rewrite(
    _ file: String, with text: String, revision: String, in folder: String, _ world: World
  ) throws(SettingsError) -> Bool {
    let folder = ConfigurationFolder(path: folder)
    // Only what is of the configuration, and can be read, is written.
    let files = folder.files()
    if files.contains(where: { $0.path == file && $0.isBeingWritten }) { throw .beingWritten(file: file) }
    guard let place = files.first(where: { $0.path == file })?.parsed,
      self.revision(of: place.bytes) == revision
    else { throw .outdated(file: file) }
    let bytes = Array(text.utf8)
    guard bytes != place.bytes else { return false }
    guard try write(bytes, over: place, in: folder, world, tellingAll: true) else {
      throw .outdated(file: file)
    }
    return true
  }

  /// FNV-1a of 64 bits, and the length: this is against mishaps, not against malice.
  private static func revision(of bytes: [UInt8]) -> String {
    let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    return String(hash, radix: 16) + "-\(bytes.count)"
  }
}
