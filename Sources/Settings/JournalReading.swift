import Schedules

extension Configuration {
  /// How long what happened is kept where nothing is said: a year, as systemd.time(7) counts it.
  static let standardKeep: TimeSpan? = TimeSpan(microseconds: 31_557_600_000_000)
}

extension FileReader {
  /// A shorter time would take from the log what the user still looks at.
  private static let shortest: Int64 = 86_400_000_000

  /// What the file's `[journal]` says of `keep`, over what the files before it said.
  mutating func readKeep(over earlier: TimeSpan?) -> TimeSpan? {
    guard let entry = entries.first(where: { $0.key == "journal" }) else { return earlier }
    let path = ["journal"]
    guard let table = table(entry, path) else { return earlier }
    checkKeys(of: table, in: path, Keys.journal)
    guard let entry = table.first(where: { $0.key == "keep" }) else { return earlier }
    return keep(entry, path + ["keep"], over: earlier)
  }

  private mutating func keep(_ entry: TomlEntry, _ path: [String], over earlier: TimeSpan?) -> TimeSpan? {
    let accepted = "\"always\", or a length of time of a day or more, such as \"1y\""
    guard let word = string(entry.node, path, accepted) else { return earlier }
    if word == "always" { return nil }
    guard let span = span(word, entry.node, path, accepted, words: ["always"]) else { return earlier }
    if span.microseconds >= Self.shortest { return span }
    report(at: entry.node.region.begin, path, "it is less than a day", accepted: accepted)
    return earlier
  }
}
