import Phrases
import Rituals
import Schedules

extension FileReader {
  /// Reads the file as a guide; nil if a mistake prevents it.
  mutating func readGuide(_ id: ContentID) -> Guide? {
    let errorsBefore = errorCount
    checkKeys(of: entries, in: [], KnownKeys.guide)
    let head = readHead().head(id)
    var minutes: Int?
    var ending: String?
    var steps: [GuideStep] = []
    for entry in entries {
      switch entry.key {
      case "minutes": minutes = whole(entry, ["minutes"], in: ValueLimits.minutes)
      case "ending": ending = line(entry, ["ending"], upTo: ValueLimits.ending, mayBeEmpty: false)
      case "step": steps = readSteps(entry)
      default: break
      }
    }
    if !entries.contains(where: { $0.key == "step" }) {
      report(at: TomlPlace(line: 1, column: 1), [], "steps are missing", accepted: "[[step]], once for each")
    }
    guard errorCount == errorsBefore, let head else { return nil }
    return Guide(head, minutes: minutes, steps: steps, ending: ending)
  }

  private mutating func readSteps(_ entry: TomlEntry) -> [GuideStep] {
    let accepted = "[[step]], once for each"
    guard case .array(let nodes) = entry.node.value, !nodes.isEmpty else {
      reportKind(of: entry.node, ["step"], accepted)
      return []
    }
    if nodes.count > ValueLimits.steps {
      report(
        at: entry.keyRegion.begin, ["step"], "\(nodes.count) steps are too many",
        accepted: "up to \(ValueLimits.steps)")
      return []
    }
    return nodes.enumerated().compactMap { index, node in
      let path = ["step", "\(index + 1)"]
      guard let table = node.entries else {
        reportKind(of: node, path, accepted)
        return nil
      }
      return readStep(table, path, at: node.region.begin)
    }
  }

  private mutating func readStep(_ table: [TomlEntry], _ path: [String], at place: TomlPlace) -> GuideStep? {
    checkKeys(of: table, in: path, KnownKeys.step)
    var draft = StepDraft()
    for entry in table { read(entry, path + [entry.key], into: &draft) }
    for key in ["title", "text"] where !table.contains(where: { $0.key == key }) {
      report(at: place, path, "\(key) is missing", accepted: "\(key) = \"…\"")
    }
    if !table.contains(where: { $0.key == "deck" }) {
      for entry in table where ["count", "depth", "tags"].contains(entry.key) {
        report(
          at: entry.keyRegion.begin, path + [entry.key], "deck is missing",
          accepted: "deck = \"…\" beside it")
      }
    }
    return draft.step
  }

  private mutating func read(_ entry: TomlEntry, _ path: [String], into draft: inout StepDraft) {
    switch entry.key {
    case "title": draft.title = line(entry, path, upTo: ValueLimits.stepTitle, mayBeEmpty: false)
    case "text": draft.text = line(entry, path, upTo: GuideStep.maximumLength, mayBeEmpty: false)
    case "speaker": draft.speaker = choice(entry.node, path, "speaker")
    case "timer": draft.timer = length(entry, path)
    case "deck": draft.deck = reference(entry, path, "deck", among: content?.decks)
    case "count": draft.count = whole(entry, path, in: 1...GuideStep.Drawing.maximumCount) ?? 1
    case "depth": draft.depth = whole(entry, path, in: Prompt.depths)
    case "tags": draft.tags = words(entry, path)
    case "note": draft.note = line(entry, path, upTo: ValueLimits.note, mayBeEmpty: false)
    default: break
    }
  }
}

/// A step's values while they are read.
private struct StepDraft {
  var title: String?
  var text: String?
  var speaker: GuideStep.Speaker?
  var timer: TimeSpan?
  var deck: ContentID?
  var count = 1
  var depth: Int?
  var tags: [String] = []
  var note: String?

  var step: GuideStep? {
    guard let title, let text else { return nil }
    return GuideStep(
      title: title, text: text, speaker: speaker, timer: timer,
      drawing: deck.flatMap { GuideStep.Drawing(deck: $0, count: count, depth: depth, tags: tags) },
      note: note)
  }
}
