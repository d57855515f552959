import Rituals

/// A deck's file as it was read, before its base deck is known.
struct DeckFile {
  var head: HeadDraft
  /// The deck that it extends, whose prompts it includes.
  var base: ContentID?
  /// The prompts of the base deck that it leaves out.
  var without: [(id: ContentID, place: TomlPlace)] = []
  var prompts: [(prompt: Prompt, place: TomlPlace)] = []
}

extension FileReader {
  mutating func readDeck() -> DeckFile {
    checkKeys(of: entries, in: [], KnownKeys.deck)
    let extends = entries.first { $0.key == "extends" }
    var file = DeckFile(head: readHead(isExtension: extends != nil))
    // An unknown name is reported when the deck is assembled.
    file.base = extends.flatMap { reference($0, ["extends"], "deck", among: content?.decks) }
    if let entry = entries.first(where: { $0.key == "without" }) { file.without = ids(entry, ["without"]) }
    if let entry = entries.first(where: { $0.key == "prompts" }) {
      file.prompts = readPrompts(entry)
    } else if extends == nil {
      report(
        at: TomlPlace(line: 1, column: 1), [], "prompts are missing",
        accepted: "[prompts], and in it ID = \"a question\"")
    }
    return file
  }

  private mutating func readPrompts(_ entry: TomlEntry) -> [(prompt: Prompt, place: TomlPlace)] {
    guard let table = table(entry, ["prompts"]) else { return [] }
    if table.isEmpty {
      report(at: entry.keyRegion.begin, ["prompts"], "there are no prompts", accepted: "ID = \"a question\"")
    }
    if table.count > ValueLimits.prompts {
      report(
        at: entry.keyRegion.begin, ["prompts"], "\(table.count) prompts are too many",
        accepted: "up to \(ValueLimits.prompts)")
      return []
    }
    return table.compactMap { entry in
      readPrompt(entry, ["prompts", entry.key]).map { ($0, entry.keyRegion.begin) }
    }
  }

  /// Reads `ID = "text"`, or `ID = { text = "text", depth = 2, tags = ["dreams"] }`.
  private mutating func readPrompt(_ entry: TomlEntry, _ path: [String]) -> Prompt? {
    let id = name(of: entry, path)
    var text: String?
    var depth: Int?
    var tags: [String] = []
    if let table = entry.node.entries {
      checkKeys(of: table, in: path, KnownKeys.prompt)
      for entry in table {
        let path = path + [entry.key]
        switch entry.key {
        case "text": text = line(entry, path, upTo: Prompt.maximumLength, mayBeEmpty: false)
        case "depth": depth = whole(entry, path, in: Prompt.depths)
        case "tags": tags = words(entry, path)
        default: break
        }
      }
      if !table.contains(where: { $0.key == "text" }) {
        report(at: entry.keyRegion.begin, path, "text is missing", accepted: "text = \"a question\"")
      }
    } else if case .string = entry.node.value {
      text = line(entry, path, upTo: Prompt.maximumLength, mayBeEmpty: false)
    } else {
      reportKind(of: entry.node, path, "a text, or { text = \"…\", depth = 1, tags = [\"…\"] }")
    }
    guard let id, let text else { return nil }
    return Prompt(id: id, text: text, depth: depth, tags: tags)
  }

  private mutating func ids(_ entry: TomlEntry, _ path: [String]) -> [(id: ContentID, place: TomlPlace)] {
    let accepted = "a list of ids of prompts"
    return (elements(entry.node, path, accepted, upTo: ValueLimits.prompts) ?? []).compactMap { node in
      guard let text = string(node, path, accepted) else { return nil }
      if let id = ContentID(text) { return (id, node.region.begin) }
      report(at: node.region.begin, path, "invalid id \(quoted(text))", accepted: ContentID.accepted)
      return nil
    }
  }
}
