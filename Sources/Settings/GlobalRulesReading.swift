import CivilTime
import Phrases
import Rituals
import Schedules

extension FileReader {
  /// Reads the file's `[quiet]` and `[discreet]` over those of the files before it, key by key.
  mutating func readGlobalRules(over earlier: GlobalRules) -> GlobalRules {
    var rules = earlier
    for entry in entries {
      guard entry.key == "quiet" || entry.key == "discreet", let table = table(entry, [entry.key]) else {
        continue
      }
      let keys = entry.key == "quiet" ? KnownKeys.quiet : KnownKeys.discreet
      checkKeys(of: table, in: [entry.key], keys)
      for inner in table where keys.known.contains(inner.key) {
        let path = [entry.key, inner.key]
        switch (entry.key, inner.key) {
        case ("quiet", "hours"): if let hours = hours(inner, path) { rules.quiet.hours = hours }
        case ("quiet", _): if let when = circumstances(inner, path) { rules.quiet.when = when }
        default: if let when = circumstances(inner, path) { rules.discreet = when }
        }
      }
    }
    return rules
  }

  /// Reads spans of the day; an empty list means none.
  private mutating func hours(_ entry: TomlEntry, _ path: [String]) -> [DaySpan]? {
    let accepted = "spans of the day such as \"23:00..07:00\", or [] for none"
    guard let nodes = possiblyEmpty(entry.node, path, accepted) else { return nil }
    var spans: [DaySpan] = []
    for node in nodes {
      guard let text = string(node, path, accepted) else { continue }
      if let span = DaySpan(parsing: text) {
        spans.append(span)
      } else {
        report(at: node.region.begin, path, "invalid span of the day \(quoted(text))", accepted: accepted)
      }
    }
    return spans.count == nodes.count ? spans : nil
  }

  private mutating func circumstances(_ entry: TomlEntry, _ path: [String]) -> Set<Circumstance>? {
    let words = Circumstance.allCases.map(\.rawValue)
    let accepted = "a list of \(words.joined(separator: ", ")), or [] for none"
    guard let nodes = possiblyEmpty(entry.node, path, accepted) else { return nil }
    var circumstances: [Circumstance] = []
    for node in nodes {
      if let circumstance: Circumstance = choice(node, path, "circumstance", accepted: accepted) {
        circumstances.append(circumstance)
      }
    }
    return circumstances.count == nodes.count ? Set(circumstances) : nil
  }

  /// Like `elements`, but accepts an empty list.
  private mutating func possiblyEmpty(
    _ node: TomlNode, _ path: [String], _ accepted: String
  ) -> [TomlNode]? {
    if case .array(let nodes) = node.value, nodes.isEmpty { return [] }
    return elements(node, path, accepted, upTo: ValueLimits.quietTimes)
  }

  /// Reads a nudge: `{ every = "15m", times = 2 }`, over the values that hold without it.
  mutating func nudge(_ entry: TomlEntry, _ path: [String], over earlier: Nudge) -> Nudge? {
    guard let table = table(entry, path) else { return nil }
    checkKeys(of: table, in: path, KnownKeys.nudge)
    var every: Int64? = earlier.every
    var times: Int? = earlier.times
    for entry in table {
      let path = path + [entry.key]
      switch entry.key {
      case "every": every = length(entry, path)?.microseconds
      case "times": times = whole(entry, path, in: ValueLimits.nudges)
      default: break
      }
    }
    guard let every, let times else { return nil }
    return Nudge(every: every, times: times)
  }
}

extension DaySpan {
  /// Reads `23:00..07:00`; `24:00` is the end of the day.
  fileprivate init?(parsing text: String) {
    guard let dots = text.firstRange(of: "..") else { return nil }
    guard let from = Self.minute(text[..<dots.lowerBound]), let to = Self.minute(text[dots.upperBound...])
    else { return nil }
    self.init(from: from, to: to)
  }

  private static func minute(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }),
      let hour = Digits.number(parts[0], in: 0...99), let minute = Digits.number(parts[1], in: 0...59)
    else { return nil }
    return hour * 60 + minute
  }
}
