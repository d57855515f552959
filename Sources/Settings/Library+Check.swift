package import CivilTime
import Files
import Rituals

extension Library {
  /// Everything that is wrong in decks, guides and presets, the hidden ones too: with the look at prompts
  /// that say nearly the same.
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
      // Seen as if nothing hid it; what it refers to is looked for in all folders.
      return Library(folders: Array(folders[index...])).check(path, bytes, kind, names: names, zones: zones)
    }
  }

  /// What is wrong in one file, wherever it lies; nil where it is no deck, guide or preset.
  package func check(path: String, bytes: [UInt8], zones: any ZoneSource) -> [Problem]? {
    (Self.kind(in: path) ?? Self.kind(of: bytes)).map { check(path, bytes, $0, names: names, zones: zones) }
  }

  /// By the folder that it lies in.
  private static func kind(in path: String) -> Kind? {
    path.split(separator: "/").dropLast().last.flatMap { Kind(rawValue: String($0)) }
  }

  /// By its words: a configuration has none of these.
  private static func kind(of bytes: [UInt8]) -> Kind? {
    guard let keys = try? TomlDocument.parse(bytes).entries?.map(\.key) else { return nil }
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
        at: nil, [], "the file is not used: its name is no id", accepted: ContentID.accepted + ", then .toml")
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
  /// Tells of prompts that say nearly the same as one before them.
  fileprivate mutating func reportAlike(_ prompts: [(prompt: Prompt, place: TomlPlace)]) {
    for pair in NearDuplicates.find(in: prompts.map(\.prompt.text)) {
      let (later, earlier) = (prompts[pair.later], prompts[pair.earlier])
      report(
        .warning, at: later.place, ["prompts", later.prompt.id.text],
        "it says nearly the same as \(earlier.prompt.id) in line \(earlier.place.line)")
    }
  }
}
