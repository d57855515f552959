import Rituals

/// What a deck, a guide and a preset have in common.
struct HeadDraft {
  var title: String?
  var about: String?
  var strategy: Strategy?
  var source: String?
  var language: String?

  /// Nil where something is missing that has to be there. What it does not say itself, `base` says.
  func head(_ id: ContentID, over base: ContentHead? = nil) -> ContentHead? {
    guard let title = title ?? base?.title, let strategy = strategy ?? base?.strategy else { return nil }
    return ContentHead(
      id: id, title: title, about: about ?? base?.about, strategy: strategy, source: source ?? base?.source,
      language: language ?? base?.language ?? "en")
  }
}

extension FileReader {
  /// Reads what the file says of itself; tells what is missing, unless another deck says it.
  mutating func readHead(isExtension: Bool = false) -> HeadDraft {
    var draft = HeadDraft()
    for entry in entries {
      let path = [entry.key]
      switch entry.key {
      case "title": draft.title = line(entry, path, upTo: 80, mayBeEmpty: false)
      case "about": draft.about = line(entry, path, upTo: 200, mayBeEmpty: false)
      case "source": draft.source = line(entry, path, upTo: 300, mayBeEmpty: false)
      case "language": draft.language = language(entry, path)
      case "strategy": draft.strategy = strategy(entry, path)
      default: break
      }
    }
    for key in ["title", "strategy"] where !isExtension && !entries.contains(where: { $0.key == key }) {
      report(
        at: TomlPlace(line: 1, column: 1), [], "\(key) is missing",
        accepted: key == "title" ? "title = \"…\"" : "strategy = one of \(Self.strategies)")
    }
    return draft
  }

  private static let strategies = Strategy.allCases.map(\.rawValue).joined(separator: ", ")

  private mutating func strategy(_ entry: TomlEntry, _ path: [String]) -> Strategy? {
    guard let word = string(entry.node, path, Self.strategies) else { return nil }
    if let strategy = Strategy(rawValue: word) { return strategy }
    report(
      at: entry.node.region.begin, path, "\(quoted(word)) is no strategy", accepted: Self.strategies,
      suggestion: nearest(word, among: Strategy.allCases.map(\.rawValue)))
    return nil
  }

  /// A language tag by its form (BCP 47): letters, digits and hyphens.
  private mutating func language(_ entry: TomlEntry, _ path: [String]) -> String? {
    let accepted = "a language tag such as \"en\" or \"pt-BR\""
    guard let word = string(entry.node, path, accepted) else { return nil }
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    let isGood =
      parts.allSatisfy {
        (1...8).contains($0.utf8.count) && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      }
      && parts[0].utf8.count >= 2
    if isGood { return word }
    report(at: entry.node.region.begin, path, "\(quoted(word)) is no language tag", accepted: accepted)
    return nil
  }

  /// A whole number of a range.
  mutating func whole(_ entry: TomlEntry, _ path: [String], in range: ClosedRange<Int>) -> Int? {
    let accepted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard case .integer(let number) = entry.node.value else {
      reportKind(of: entry.node, path, accepted)
      return nil
    }
    if let number = Int(exactly: number), range.contains(number) { return number }
    report(at: entry.node.region.begin, path, "it is \(number)", accepted: accepted)
    return nil
  }

  /// A word or a list of words, none of them twice.
  mutating func words(_ entry: TomlEntry, _ path: [String]) -> [String] {
    let accepted = "a word or a list of words"
    if case .array(let nodes) = entry.node.value, nodes.isEmpty { return [] }
    var words: [String] = []
    for node in elements(entry.node, path, accepted, upTo: 20) ?? [] {
      guard let word = string(node, path, accepted) else { continue }
      if ContentID(word) == nil {
        report(at: node.region.begin, path, "\(quoted(word)) is no word", accepted: ContentID.accepted)
      } else if !words.contains(word) {
        words.append(word)
      }
    }
    return words
  }

  /// The name that a key is.
  mutating func name(of entry: TomlEntry, _ path: [String]) -> ContentID? {
    if let id = ContentID(entry.key) { return id }
    report(at: entry.keyRegion.begin, path, "this is no id", accepted: ContentID.accepted)
    return nil
  }
}
