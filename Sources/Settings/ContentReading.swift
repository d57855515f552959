import Phrases
import Rituals

/// The common head of decks, guides and presets while it is read.
struct HeadDraft {
  var title: String?
  var about: String?
  var strategy: Strategy?
  var source: String?
  var language: String?

  /// The head; nil if a required value is missing both here and in `base`.
  func head(_ id: ContentID, over base: ContentHead? = nil) -> ContentHead? {
    guard let title = title ?? base?.title, let strategy = strategy ?? base?.strategy else { return nil }
    return ContentHead(
      id: id, title: title, about: about ?? base?.about, strategy: strategy, source: source ?? base?.source,
      language: language ?? base?.language ?? "en")
  }
}

extension FileReader {
  /// Reads the head; reports missing values, unless the file extends another deck that may have them.
  mutating func readHead(isExtension: Bool = false) -> HeadDraft {
    var draft = HeadDraft()
    for entry in entries {
      let path = [entry.key]
      switch entry.key {
      case "title": draft.title = line(entry, path, upTo: ValueLimits.headTitle, mayBeEmpty: false)
      case "about": draft.about = line(entry, path, upTo: ValueLimits.about, mayBeEmpty: false)
      case "source": draft.source = line(entry, path, upTo: ValueLimits.source, mayBeEmpty: false)
      case "language": draft.language = language(entry, path)
      case "strategy": draft.strategy = choice(entry.node, path, "strategy")
      default: break
      }
    }
    let strategies = Strategy.allCases.map(\.rawValue).joined(separator: ", ")
    for key in ["title", "strategy"] where !isExtension && !entries.contains(where: { $0.key == key }) {
      report(
        at: TomlPlace(line: 1, column: 1), [], "\(key) is missing",
        accepted: key == "title" ? "title = \"…\"" : "strategy = one of \(strategies)")
    }
    return draft
  }

  /// Reads a language tag by its form (BCP 47): letters, digits and hyphens.
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
    report(at: entry.node.region.begin, path, "invalid language tag \(quoted(word))", accepted: accepted)
    return nil
  }

  /// Reads a whole number in a range.
  mutating func whole(_ entry: TomlEntry, _ path: [String], in range: ClosedRange<Int>) -> Int? {
    let accepted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard case .integer(let number) = entry.node.value else {
      reportKind(of: entry.node, path, accepted)
      return nil
    }
    if let number = Int(exactly: number), range.contains(number) { return number }
    report(at: entry.node.region.begin, path, "\(number) is out of range", accepted: accepted)
    return nil
  }

  /// Reads a word, or a list of words without repetitions.
  mutating func words(_ entry: TomlEntry, _ path: [String]) -> [String] {
    let accepted = "a word or a list of words"
    if case .array(let nodes) = entry.node.value, nodes.isEmpty { return [] }
    var words: [String] = []
    for node in elements(entry.node, path, accepted, upTo: ValueLimits.tags) ?? [] {
      guard let word = string(node, path, accepted) else { continue }
      if ContentID(word) == nil {
        report(at: node.region.begin, path, "invalid word \(quoted(word))", accepted: ContentID.accepted)
      } else if !words.contains(word) {
        words.append(word)
      }
    }
    return words
  }

  /// Reads a key that must be a name.
  mutating func name(of entry: TomlEntry, _ path: [String]) -> ContentID? {
    if let id = ContentID(entry.key) { return id }
    report(at: entry.keyRegion.begin, path, "invalid id", accepted: ContentID.accepted)
    return nil
  }
}
