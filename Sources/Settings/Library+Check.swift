package import CivilTime
import Files
import Rituals

extension Library {
  /// All mistakes in decks, guides and presets, including hidden ones and prompts that say nearly the same.
  package func check(zones: any ZoneSource) -> [Problem] {
    folders.indices.flatMap { index in
      Kind.allCases.flatMap { kind in
        let folder = "\(folders[index])/\(kind.rawValue)"
        return Library.fileNames(in: folder).flatMap { name in
          check("\(folder)/\(name)", kind, at: index, zones: zones)
        }
      }
    }
  }

  private func check(_ path: String, _ kind: Kind, at index: Int, zones: any ZoneSource) -> [Problem] {
    guard let file = ConfigurationFolder.read(path) else { return [] }
    switch file.content {
    case .failure(let error):
      return FileReader(unreadable: path, because: error.reason, zones: zones).sortedProblems
    case .success(let bytes):
      // Checked as if nothing hid it; its references are resolved in all folders.
      return Library(folders: Array(folders[index...])).check(path, bytes, kind, names: names, zones: zones)
    }
  }

  /// The mistakes of one file at any place; nil if it is no deck, guide or preset.
  package func check(path: String, bytes: [UInt8], zones: any ZoneSource) -> [Problem]? {
    (Self.kind(in: path) ?? Self.kind(of: bytes)).map { check(path, bytes, $0, names: names, zones: zones) }
  }

  /// The kind by its folder.
  private static func kind(in path: String) -> Kind? {
    path.split(separator: "/").dropLast().last.flatMap { Kind(rawValue: String($0)) }
  }

  /// The kind by its keys: a configuration has none of these.
  private static func kind(of bytes: [UInt8]) -> Kind? {
    guard let keys = try? ParsedToml.parse(bytes).entries?.map(\.key) else { return nil }
    if keys.contains("prompts") || keys.contains("extends") { return .decks }
    if keys.contains("step") { return .guides }
    return keys.contains("strategy") ? .presets : nil
  }

  private func check(
    _ path: String, _ bytes: [UInt8], _ kind: Kind, names: ContentNames, zones: any ZoneSource
  ) -> [Problem] {
    var reader = FileReader(path: path, bytes: bytes, zones: zones, content: names)
    guard !reader.hasErrors else { return reader.sortedProblems }
    let name = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
    guard name.hasSuffix(".toml"), let id = ContentID(String(name.dropLast(".toml".count))) else {
      reader.report(
        at: nil, [], "the file is not used: its name is no valid id",
        accepted: ContentID.accepted + ", then .toml")
      return reader.sortedProblems
    }
    switch kind {
    case .guides: _ = reader.readGuide(id)
    case .presets: _ = reader.readPreset(id)
    case .decks:
      let deck = reader.readDeck()
      reader.reportAlike(deck.prompts)
      if !reader.hasErrors { _ = assemble(id, deck, in: folders[...], &reader) }
    }
    return reader.sortedProblems
  }
}

extension FileReader {
  /// Reports prompts that say nearly the same as an earlier one.
  fileprivate mutating func reportAlike(_ prompts: [(prompt: Prompt, place: TomlPlace)]) {
    for pair in NearDuplicates.find(in: prompts.map(\.prompt.text)) {
      let (later, earlier) = (prompts[pair.later], prompts[pair.earlier])
      report(
        .warning, at: later.place, ["prompts", later.prompt.id.text],
        "nearly the same as \(earlier.prompt.id) in line \(earlier.place.line)")
    }
  }
}
