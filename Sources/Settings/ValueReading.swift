import CivilTime
import Escaping
import Phrases
import Rituals
import Schedules

/// Readers of a key's value. Each returns the value, or reports a mistake and returns nil.
extension FileReader {
  mutating func table(_ entry: TomlEntry, _ path: [String]) -> [TomlEntry]? {
    if let entries = entry.node.entries { return entries }
    let accepted =
      path == ["ritual"] ? "tables with an id each, [ritual.ID]" : "a table, [\(KnownKeys.path(path))]"
    reportKind(of: entry.node, path, accepted)
    return nil
  }

  mutating func boolean(_ entry: TomlEntry, _ path: [String]) -> Bool? {
    if case .boolean(let value) = entry.node.value { return value }
    reportKind(of: entry.node, path, "true or false")
    return nil
  }

  /// A text of one line, up to a number of Unicode scalars.
  mutating func line(_ entry: TomlEntry, _ path: [String], upTo limit: Int, mayBeEmpty: Bool) -> String? {
    let accepted = "a text of one line, \(mayBeEmpty ? "0" : "1") to \(limit) characters"
    guard let text = string(entry.node, path, accepted) else { return nil }
    let scalars = text.unicodeScalars
    if let index = scalars.firstIndex(where: \.isLineBreakOrControl) {
      let offset = text.utf8.distance(from: text.startIndex, to: index)
      report(
        at: place(of: offset, in: text, of: entry.node), path,
        "it has a control character or a line break", accepted: accepted)
      return nil
    }
    if scalars.count > limit {
      report(at: entry.node.region.begin, path, "it is \(scalars.count) characters long", accepted: accepted)
      return nil
    }
    if !mayBeEmpty, scalars.allSatisfy(\.properties.isWhitespace) {
      report(at: entry.node.region.begin, path, "it is empty", accepted: accepted)
      return nil
    }
    return text
  }

  /// A zone; the zone in the result is nil for `local`, which follows the machine.
  mutating func zone(_ entry: TomlEntry, _ path: [String]) -> (zone: Zone?, Void)? {
    let accepted = "\"local\" or an IANA name such as \"Europe/Berlin\""
    guard let name = string(entry.node, path, accepted) else { return nil }
    if name == "local" { return (nil, ()) }
    do throws(ZoneError) {
      return (try zones.zone(named: name), ())
    } catch {
      let what: String
      switch error {
      case .unknown(let name): what = "there is no time zone \(quoted(name))"
      case .damaged(let name, let reason): what = "the time zone \(quoted(name)) cannot be read: \(reason)"
      }
      let meant = zoneMeant(by: name)
      report(at: entry.node.region.begin, path, what, accepted: accepted, suggestion: meant)
      return nil
    }
  }

  /// The zone of that name in another case, or `local`; the zones cannot be listed here.
  private func zoneMeant(by name: String) -> String? {
    if let local = nearest(name, among: ["local"]) { return local }
    guard name.utf8.count <= 64 else { return nil }
    var capitalized = ""
    for letter in name.lowercased() {
      let isFirst = capitalized.last.map { "/_- ".contains($0) } ?? true
      capitalized += letter == " " ? "_" : isFirst ? letter.uppercased() : String(letter)
    }
    let found = [capitalized, name.uppercased()].first { (try? zones.zone(named: $0)) != nil }
    return found == name ? nil : found
  }

  /// A word of an enumeration; `noun` names the enumeration in messages.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ node: TomlNode, _ path: [String], _ noun: String, among choices: [Choice] = Array(Choice.allCases),
    accepted: String? = nil
  ) -> Choice? {
    let words = choices.map(\.rawValue)
    let accepted = accepted ?? words.joined(separator: words.count == 2 ? " or " : ", ")
    guard let word = string(node, path, accepted) else { return nil }
    if let choice = choices.first(where: { $0.rawValue == word }) { return choice }
    report(
      at: node.region.begin, path, "unknown \(noun) \(quoted(word))", accepted: accepted,
      suggestion: nearest(word, among: words))
    return nil
  }

  /// The usual length of a ritual; may be zero.
  mutating func takes(_ entry: TomlEntry, _ path: [String]) -> TimeSpan? {
    let accepted = "a length of time such as \"20m\", or \"0\""
    return string(entry.node, path, accepted).flatMap { span($0, entry.node, path, accepted) }
  }

  mutating func missed(_ entry: TomlEntry, _ path: [String]) -> MissedPolicy? {
    let accepted = "\"never\", \"always\" or a length of time such as \"2h\""
    guard let word = string(entry.node, path, accepted) else { return nil }
    switch word {
    case "never": return .never
    case "always": return .always
    default: return span(word, entry.node, path, accepted, words: ["never", "always"]).map { .within($0) }
    }
  }

  /// A positive length of time.
  mutating func length(_ entry: TomlEntry, _ path: [String]) -> TimeSpan? {
    let accepted = "a length of time such as \"30m\""
    guard let word = string(entry.node, path, accepted),
      let span = span(word, entry.node, path, accepted)
    else { return nil }
    if span.microseconds > 0 { return span }
    report(at: entry.node.region.begin, path, "the length is zero", accepted: accepted)
    return nil
  }

  /// The snooze buttons: one length of time or a list without repetitions.
  mutating func snoozes(_ entry: TomlEntry, _ path: [String]) -> [TimeSpan]? {
    let accepted = "a length of time such as \"10m\", or a list of them"
    guard let nodes = elements(entry.node, path, accepted, upTo: ValueLimits.snoozes) else { return nil }
    var spans: [TimeSpan] = []
    for node in nodes {
      guard let word = string(node, path, accepted), let span = span(word, node, path, accepted) else {
        continue
      }
      if span.microseconds <= 0 {
        report(at: node.region.begin, path, "the length is zero", accepted: accepted)
      } else if !spans.contains(span) {
        spans.append(span)
      }
    }
    return spans.isEmpty ? nil : spans
  }

  /// A list's elements, or a single value as a list of one; not empty, and at most `limit`: each element
  /// costs time whenever the ritual is read.
  mutating func elements(
    _ node: TomlNode, _ path: [String], _ accepted: String, upTo limit: Int
  ) -> [TomlNode]? {
    guard case .array(let nodes) = node.value else { return [node] }
    if nodes.isEmpty {
      report(at: node.region.begin, path, "the list is empty", accepted: accepted)
    } else if nodes.count > limit {
      report(
        at: node.region.begin, path, "the list has \(nodes.count) elements",
        accepted: "a list of up to \(limit)")
    } else {
      return nodes
    }
    return nil
  }

  mutating func span(
    _ word: String, _ node: TomlNode, _ path: [String], _ accepted: String, words: [String] = []
  ) -> TimeSpan? {
    do throws(ScheduleError) {
      return try TimeSpan(parsing: word)
    } catch {
      if let meant = nearest(word, among: words) {
        report(
          at: node.region.begin, path, "unknown word \(quoted(word))", accepted: accepted, suggestion: meant)
      } else {
        report(
          at: place(of: error.range.lowerBound, in: word, of: node), path, error.reason,
          accepted: error.accepted == TimeSpan.accepted ? accepted : error.accepted)
      }
      return nil
    }
  }

  mutating func string(_ node: TomlNode, _ path: [String], _ accepted: String) -> String? {
    if case .string(let text) = node.value { return text }
    reportKind(of: node, path, accepted)
    return nil
  }

  mutating func reportKind(of node: TomlNode, _ path: [String], _ accepted: String) {
    report(at: node.region.begin, path, "this is \(node.kindName)", accepted: accepted)
  }
}
