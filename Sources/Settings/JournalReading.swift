import Schedules

extension Configuration {
  /// The default time that history is kept: a year, as systemd.time(7) counts it.
  static let standardKeep: TimeSpan? = TimeSpan(microseconds: 31_557_600_000_000)
}

extension FileReader {
  /// A shorter time would remove entries that the user still reads.
  private static let shortest: Int64 = 86_400_000_000

  /// Reads `keep` of the file's `[journal]`, over the files before it.
  mutating func readKeep(over earlier: TimeSpan?) -> TimeSpan? {
    guard let entry = entries.first(where: { $0.key == "journal" }) else { return earlier }
    let path = ["journal"]
    guard let table = table(entry, path) else { return earlier }
    checkKeys(of: table, in: path, KnownKeys.journal)
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
