import CivilTime
import Phrases
import Rituals

/// Reads one file of the configuration and collects its mistakes.
struct FileReader {
  /// 1 MiB: a longer file is no configuration, and would burden every start.
  static let maximumSize = 1 << 20
  /// The most mistakes of one file that are reported, so that a broken file fills neither memory nor
  /// terminals.
  private static let maximumProblems = 1000

  let source: SourceText
  let zones: any ZoneSource
  /// The decks and guides that may be referred to; nil if they are not known.
  let content: ContentNames?
  /// The root table's entries; empty if the file is not used.
  let entries: [TomlEntry]
  private var problems: [Problem] = []
  /// The number of errors so far, reported or not.
  private(set) var errorCount = 0
  /// True if a mistake leaves something out.
  var hasErrors: Bool { errorCount > 0 }
  /// The mistakes above the limit, and the errors among them.
  private var unreported = 0
  private var unreportedErrors = 0

  /// Parses the file; a file that is no TOML has that as its only mistake.
  init(path: String, bytes: [UInt8], zones: any ZoneSource, content: ContentNames? = nil) {
    guard bytes.count <= Self.maximumSize else {
      self.init(unreadable: path, because: "it is larger than 1 MiB", zones: zones)
      return
    }
    let source = SourceText(path: path, bytes: bytes)
    if let place = source.firstInvalidPlace {
      self.init(source: source, zones: zones, content: content, entries: [])
      report(at: place, [], "this is not UTF-8", accepted: "a text in UTF-8")
      return
    }
    do throws(ParsedToml.SyntaxError) {
      let entries = try ParsedToml.parse(bytes).entries ?? []
      self.init(source: source, zones: zones, content: content, entries: entries)
    } catch {
      self.init(source: source, zones: zones, content: content, entries: [])
      report(at: error.place, [], "this is not TOML: \(error.clause(in: source))")
    }
  }

  /// A file that exists and cannot be read.
  init(unreadable path: String, because reason: String, zones: any ZoneSource) {
    self.init(source: SourceText(path: path, bytes: []), zones: zones, content: nil, entries: [])
    report(at: nil, [], "the file is not used: \(reason)")
  }

  private init(source: SourceText, zones: any ZoneSource, content: ContentNames?, entries: [TomlEntry]) {
    self.source = source
    self.zones = zones
    self.content = content
    self.entries = entries
  }

  /// The problems in the order of the text.
  var sortedProblems: [Problem] {
    var all = problems.enumerated().sorted { left, right in
      (left.element.line, left.element.column, left.offset)
        < (right.element.line, right.element.column, right.offset)
    }.map(\.element)
    if unreported > 0 {
      all.append(
        problem(
          unreportedErrors > 0 ? .error : .warning, at: nil, [], "\(unreported) more mistakes are not shown"))
    }
    return all
  }

  /// Reports a mistake; a nil place means the whole file.
  mutating func report(
    _ severity: Problem.Severity = .error, at place: TomlPlace?, _ path: [String], _ what: String,
    accepted: String = "", suggestion: @autoclosure () -> String? = nil
  ) {
    if severity == .error { errorCount += 1 }
    guard problems.count < Self.maximumProblems else {
      unreported += 1
      if severity == .error { unreportedErrors += 1 }
      return
    }
    problems.append(
      problem(severity, at: place, path, what, accepted: accepted, suggestion: suggestion()))
  }

  /// Reports a mistake that leaves out only a value: its table is valid without it.
  mutating func reportLeftOut(
    at place: TomlPlace?, _ path: [String], _ what: String, accepted: String = "",
    suggestion: @autoclosure () -> String? = nil
  ) {
    report(at: place, path, what, accepted: accepted, suggestion: suggestion())
    errorCount -= 1
  }

  /// The place of a UTF-8 offset inside a string value; not computed once the limit of reports is reached.
  func place(of offset: Int, in text: String, of node: TomlNode) -> TomlPlace {
    problems.count < Self.maximumProblems ? source.place(of: offset, in: text, of: node) : node.region.begin
  }

  private func problem(
    _ severity: Problem.Severity, _ kind: Problem.Kind = .other, at place: TomlPlace?, _ path: [String],
    _ what: String, accepted: String = "", suggestion: String? = nil
  ) -> Problem {
    // toml++ gives "nowhere" if it knows no place.
    let place = place.map { TomlPlace(line: max(1, $0.line), column: max(1, $0.column)) }
    let excerpt = place.map { source.excerpt(at: $0) }
    return Problem(
      severity: severity, kind: kind, file: source.path, line: place?.line ?? 0, column: place?.column ?? 0,
      key: KnownKeys.path(path), what: what, accepted: accepted, suggestion: suggestion,
      sourceLine: excerpt?.text ?? "", caret: excerpt?.caret ?? 0)
  }

  /// Warns of every key of a table that this version does not know. A later version may know it, so the table
  /// is valid without it. Returns the known keys that were probably meant.
  @discardableResult
  mutating func checkKeys(of entries: [TomlEntry], in path: [String], _ table: KnownKeys.Table) -> [String] {
    var meant: [String] = []
    for entry in entries where !table.known.contains(entry.key) {
      guard problems.count < Self.maximumProblems else {
        unreported += 1
        continue
      }
      let suggestion = nearest(entry.key, among: table.known)
      if let suggestion { meant.append(suggestion) }
      problems.append(
        problem(
          .warning, .unknownKey(meant: suggestion.map { KnownKeys.path(path + [$0]) }),
          at: entry.keyRegion.begin, path + [entry.key],
          "unknown \(table.tables == nil ? "key" : "table")\(Problem.ignored)",
          accepted: table.tables ?? table.known.joined(separator: ", "), suggestion: suggestion))
    }
    return meant
  }
}
