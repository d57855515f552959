package import CivilTime
import Files
import Phrases
package import Rituals

/// The decks, guides and presets of the program, and the user's own, which replace them file by file. Nothing
/// is kept in memory: a deck is read when a prompt is drawn.
package struct Library: Hashable, Sendable {
  /// The folders with `decks`, `guides` and `presets`; a file in an earlier one hides a later one's.
  package let folders: [String]

  package init(folders: [String]) { self.folders = folders }

  package enum Kind: String, CaseIterable, Sendable {
    case decks, guides, presets
  }

  /// The valid part of what was read, and its problems.
  package struct Reading<Value: Sendable>: Sendable {
    package let value: Value?
    package let problems: [Problem]
  }

  /// The decks and guides that may be referred to.
  package var names: ContentNames {
    ContentNames(decks: Set(ids(of: .decks)), guides: Set(ids(of: .guides)))
  }

  /// The names of a kind, sorted.
  package func ids(of kind: Kind) -> [ContentID] {
    var all: Set<ContentID> = []
    for folder in folders {
      for name in Library.fileNames(in: "\(folder)/\(kind.rawValue)") {
        if let id = ContentID(String(name.dropLast(".toml".count))) { all.insert(id) }
      }
    }
    return all.sorted()
  }

  /// The names of the files in such a folder, sorted. Empty if it cannot be read.
  static func fileNames(in folder: String) -> [String] {
    (try? FolderEntry.names(in: folder, suffix: ".toml")) ?? []
  }

  /// The file of a name; nil if there is none.
  package func path(of id: ContentID, _ kind: Kind) -> String? {
    folders.lazy.map { "\($0)/\(kind.rawValue)/\(id).toml" }.first { FileStatus.exists($0) }
  }

  /// The deck of a name; nil if none is valid. If a user's own deck is invalid, its problems are returned,
  /// with the deck that it hides.
  package func deck(_ id: ContentID) -> Reading<Deck> { reading(id, .decks) { deck(id, in: $0) } }

  package func guide(_ id: ContentID) -> Reading<Guide> {
    let names = names
    return reading(id, .guides) { folder in
      read(id, .guides, in: folder, names: names) { $0.readGuide(id) }
    }
  }

  /// All presets in the order of the strategies: those that are named after one, then all others. `zones`
  /// knows the zones of their schedules.
  package func presets(zones: any ZoneSource) -> [Preset] {
    func order(_ preset: Preset) -> (Int, Int, ContentID) {
      let head = preset.head
      let isNamedAfterIt = head.id.text == head.strategy.rawValue
      return (isNamedAfterIt ? 0 : 1, Strategy.allCases.firstIndex(of: head.strategy) ?? 0, head.id)
    }
    return ids(of: .presets).compactMap { preset($0, zones: zones).value }.sorted { order($0) < order($1) }
  }

  func preset(_ id: ContentID, zones: any ZoneSource) -> Reading<Preset> {
    let names = names
    return reading(id, .presets) { folder in
      read(id, .presets, in: folder, zones: zones, names: names) { $0.readPreset(id) }
    }
  }

  /// The first valid file in the folders.
  private func reading<Value>(
    _ id: ContentID, _ kind: Kind, _ read: (ArraySlice<String>) -> Reading<Value>
  ) -> Reading<Value> {
    var problems: [Problem] = []
    for index in folders.indices where FileStatus.exists("\(folders[index])/\(kind.rawValue)/\(id).toml") {
      let reading = read(folders[index...])
      problems += reading.problems
      if let value = reading.value { return Reading(value: value, problems: problems) }
    }
    return Reading(value: nil, problems: problems)
  }

  private func read<Value>(
    _ id: ContentID, _ kind: Kind, in folders: ArraySlice<String>, zones: any ZoneSource = NoZones(),
    names: ContentNames?, _ body: (inout FileReader) -> Value?
  ) -> Reading<Value> {
    guard let folder = folders.first,
      var reader = FileReader(
        content: "\(folder)/\(kind.rawValue)/\(id).toml", zones: zones, names: names)
    else { return Reading(value: nil, problems: []) }
    // A file that cannot be read has only that mistake.
    guard !reader.hasErrors else { return Reading(value: nil, problems: reader.sortedProblems) }
    let value = body(&reader)
    return Reading(value: value, problems: reader.sortedProblems)
  }
}

extension Library {
  /// The longest chain of decks that extend one another.
  private static let longestChain = 8

  private func deck(_ id: ContentID, in folders: ArraySlice<String>, depth: Int = 0) -> Reading<Deck> {
    read(id, .decks, in: folders, names: names) { reader in
      let file = reader.readDeck()
      guard !reader.hasErrors else { return nil }
      return assemble(id, file, in: folders, depth: depth, &reader)
    }
  }

  /// A deck with the prompts of the deck that it extends. A deck that extends its own name extends the deck
  /// that it hides.
  func assemble(
    _ id: ContentID, _ file: DeckFile, in folders: ArraySlice<String>, depth: Int = 0,
    _ reader: inout FileReader
  ) -> Deck? {
    let extends = reader.entries.first { $0.key == "extends" }
    guard let extends, let base = file.base else {
      if extends != nil, file.head.head(id) == nil { return nil }
      return file.head.head(id).flatMap { Deck($0, prompts: file.prompts.map(\.prompt)) }
    }
    let place = extends.node.region.begin
    let others = base == id ? folders.dropFirst() : self.folders[...]
    let start = others.firstIndex { FileStatus.exists("\($0)/decks/\(base).toml") }
    guard let start else {
      reader.report(
        at: place, ["extends"], "there is no other deck \(quoted(base.text))",
        accepted: "the name of a deck that this one adds to")
      return nil
    }
    guard depth < Self.longestChain else {
      reader.report(
        at: place, ["extends"], "decks extend one another in a circle, or over too many steps",
        accepted: "up to \(Self.longestChain) steps")
      return nil
    }
    guard let other = deck(base, in: others[start...], depth: depth + 1).value else {
      reader.report(at: place, ["extends"], "the deck \(quoted(base.text)) has mistakes of its own")
      return nil
    }
    for (id, place) in file.without where other.prompt(id) == nil {
      reader.reportLeftOut(
        at: place, ["without"], "there is no prompt \(quoted(id.text)) in \(base)",
        suggestion: nearest(id.text, among: other.prompts.map(\.id.text)))
    }
    let gone = Set(file.without.map(\.id)).union(file.prompts.map(\.prompt.id))
    let prompts = other.prompts.filter { !gone.contains($0.id) } + file.prompts.map(\.prompt)
    return file.head.head(id, over: other.head).flatMap { Deck($0, prompts: prompts) }
  }
}

extension FileReader {
  /// A file of decks, guides or presets; nil if it is missing.
  init?(content path: String, zones: any ZoneSource, names: ContentNames?) {
    guard let file = ConfigurationFolder.read(path) else { return nil }
    switch file.content {
    case .success(let bytes): self.init(path: path, bytes: bytes, zones: zones, content: names)
    case .failure(let error): self.init(unreadable: path, because: error.reason, zones: zones)
    }
  }
}

/// No time zones: decks and guides name none.
struct NoZones: ZoneSource {
  func zone(named name: String) throws(ZoneError) -> Zone { throw .unknown(name: name) }
}
