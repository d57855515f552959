import CivilTime
import Escaping
import Rituals
import Schedules

/// Each of these gives the value of a key, or notes what is wrong with it and gives nil.
extension FileReader {
  mutating func table(_ entry: TomlEntry, _ path: [String]) -> [TomlEntry]? {
    if let entries = entry.node.entries { return entries }
    let accepted =
      path == ["ritual"] ? "tables with an id each, [ritual.ID]" : "a table, [\(Keys.path(path))]"
    reportKind(of: entry.node, path, accepted)
    return nil
  }

  mutating func boolean(_ entry: TomlEntry, _ path: [String]) -> Bool? {
    if case .boolean(let value) = entry.node.value { return value }
    reportKind(of: entry.node, path, "true or false")
    return nil
  }

  /// A text of one line, not longer than so many Unicode scalars.
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

  /// A zone; the zone in it is nil for `local`, which follows the machine.
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

  /// The zone of that name but for its capitals, or `local`; zones cannot be listed here.
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

  mutating func urgency(_ entry: TomlEntry, _ path: [String]) -> Urgency? {
    let words = Urgency.allCases.map(\.rawValue)
    let accepted = words.joined(separator: ", ")
    guard let word = string(entry.node, path, accepted) else { return nil }
    if let urgency = Urgency(rawValue: word) { return urgency }
    report(
      at: entry.node.region.begin, path, "\(quoted(word)) is no urgency", accepted: accepted,
      suggestion: nearest(word, among: words))
    return nil
  }

  /// How long a ritual takes; it may be nothing.
  mutating func takes(_ entry: TomlEntry, _ path: [String]) -> TimeSpan? {
    let accepted = "a length of time such as \"20m\", or \"0\""
    return string(entry.node, path, accepted).flatMap { span($0, entry.node, path, accepted) }
  }

  /// What an answer that is typed into the notification becomes.
  mutating func reply(_ entry: TomlEntry, _ path: [String]) -> Note.Kind? {
    let words = [Note.Kind.appreciation, .note].map(\.rawValue)
    let accepted = words.map { "\"\($0)\"" }.joined(separator: " or ")
    guard let word = string(entry.node, path, accepted) else { return nil }
    if words.contains(word) { return Note.Kind(rawValue: word) }
    report(
      at: entry.node.region.begin, path, "nothing can be kept as \(quoted(word))", accepted: accepted,
      suggestion: nearest(word, among: words))
    return nil
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

  /// A length of time that is not none.
  mutating func length(_ entry: TomlEntry, _ path: [String]) -> TimeSpan? {
    let accepted = "a length of time such as \"30m\""
    guard let word = string(entry.node, path, accepted),
      let span = span(word, entry.node, path, accepted)
    else { return nil }
    if span.microseconds > 0 { return span }
    report(at: entry.node.region.begin, path, "it is no time at all", accepted: accepted)
    return nil
  }

  /// The snooze buttons: one length of time or a list, none of them twice.
  mutating func snoozes(_ entry: TomlEntry, _ path: [String]) -> [TimeSpan]? {
    let accepted = "a length of time such as \"10m\", or a list of them"
    guard let nodes = elements(entry.node, path, accepted, upTo: 10) else { return nil }
    var spans: [TimeSpan] = []
    for node in nodes {
      guard let word = string(node, path, accepted), let span = span(word, node, path, accepted) else {
        continue
      }
      if span.microseconds <= 0 {
        report(at: node.region.begin, path, "it is no time at all", accepted: accepted)
      } else if !spans.contains(span) {
        spans.append(span)
      }
    }
    return spans.isEmpty ? nil : spans
  }

  /// A list's elements, or the one value that stands for a list of itself; not none, and not more than
  /// `limit`: each is a cost at every look at the ritual.
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
          at: node.region.begin, path, "\(quoted(word)) is not understood", accepted: accepted,
          suggestion: meant)
      } else {
        report(
          at: place(of: error.range.lowerBound, in: word, of: node), path, error.reason,
          accepted: accepted)
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
