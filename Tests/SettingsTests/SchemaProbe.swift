import Settings

/// A file with one value at one key that the tables of `KnownKeys` name. Together they try every key with
/// values of every kind, and with values at the limits of its form.
struct SchemaProbe: Sendable {
  let kind: SchemaRow.Kind
  /// The key and the value, as TOML writes them.
  let line: String
  let text: String
  /// True if the key takes texts in a language of their own, such as time spans.
  let isLanguage: Bool

  /// All values at all keys.
  static let all: [SchemaProbe] = [
    (SchemaRow.Kind.configuration, KnownKeys.root), (.deck, KnownKeys.deck), (.guide, KnownKeys.guide),
    (.preset, KnownKeys.preset),
  ].flatMap { kind, table in probes(kind, table, [], before: "", header: "") }

  /// - Parameters:
  ///   - path: the keys of the table.
  ///   - before: the text of the tables around it, with what they need.
  ///   - header: the table's header.
  private static func probes(
    _ kind: SchemaRow.Kind, _ table: KnownKeys.Table, _ path: [String], before: String, header: String
  ) -> [SchemaProbe] {
    table.keys.flatMap { key in
      let needed = table.keys.filter { other in
        other.name != key.name && (other.isRequired || other.name == key.companion)
      }.map { "\($0.name) = \(good($0))\n" }.joined()
      let start = before + header + needed
      let own = values(key.form).map { value in
        let line = "\(key.name) = \(value)\n"
        return SchemaProbe(
          kind: kind, line: header + line, text: start + line, isLanguage: isLanguage(key.form))
      }
      let path = path + [key.name]
      return own
        + inner(key.form, path).flatMap { table, path, isArray in
          let name = path.joined(separator: ".")
          return probes(kind, table, path, before: start, header: isArray ? "[[\(name)]]\n" : "[\(name)]\n")
        }
    }
  }

  private static func isLanguage(_ form: ValueForm) -> Bool {
    switch form {
    case .expression: true
    case .oneOrMore(let form, _), .zeroOrMore(let form, _): isLanguage(form)
    default: false
    }
  }

  /// The tables in a value, with their paths; true for a table of an array.
  private static func inner(
    _ form: ValueForm, _ path: [String]
  ) -> [(table: KnownKeys.Table, path: [String], isArray: Bool)] {
    switch form {
    case .table(let table): [(table, path, false)]
    case .tables(let table, _): [(table, path, true)]
    case .named(let form, _, _): inner(form, path + ["a"])
    case .either(let first, let second): inner(first, path) + inner(second, path)
    default: []
    }
  }

  /// A good value of a key that a table needs.
  private static func good(_ key: KnownKeys.Key) -> String {
    switch (key.name, key.form) {
    case ("vdir", _): "\"/us\""
    case ("deck", _): "\"dinner\""
    case ("schedule", _): "[]"
    case ("prompts", _): "{ a = \"Why?\" }"
    case ("step", _): "[{ title = \"A\", text = \"Talk.\" }]"
    case ("ritual", _): "{ a = { title = \"A\", schedule = [] } }"
    case (_, .choice(let words)): "\"\(words[0])\""
    default: "\"A\""
    }
  }

  /// Values of every kind.
  private static let kinds = [
    "true", "5", "-1", "2.5", "inf", "\"\"", "\"A\"", "\"a\"", "\"5\"", "\"true\"", "\"30m\"", "\"always\"",
    "2026-11-27", "2026-11-27T19:30:00", "2026-11-27T19:30:00Z", "19:30:00", "\"2026-11-27\"",
    "\"2026-11-27T19:30:00\"", "\"19:30:00\"", "[]", "[true]", "[5]", "[\"\"]", "[\"A\"]", "[\"a\", 5]",
    "[2026-11-27]", "[[]]", "[{}]", "{}", "{ a = true }", "{ a = \"A\" }", "{ a = {} }", "{ A = {} }",
  ]

  private static func values(_ form: ValueForm) -> [String] { kinds + limits(form) }

  /// Values at the limits of a form, and beyond them.
  private static func limits(_ form: ValueForm) -> [String] {
    switch form {
    case .whole(let range):
      [range.lowerBound - 1, range.lowerBound, range.upperBound, range.upperBound + 1].map { "\($0)" }
    case .line(let limit, _): [limit, limit + 1].map { "\"\(String(repeating: "ä", count: $0))\"" }
    case .choice(let words): (words + words.map { $0 + "x" }).map { "\"\($0)\"" }
    case .oneOrMore(let form, let limit), .zeroOrMore(let form, let limit):
      limits(form) + limits(form).map { "[\($0)]" } + [limit, limit + 1].map { list(element(form), $0) }
    case .tables(let table, let limit):
      [limit, limit + 1].map { list("{ \(needs(table)) }", $0) }
    case .either(let first, let second): limits(first) + limits(second)
    case .named, .table, .boolean, .expression, .match, .date: []
    }
  }

  private static func needs(_ table: KnownKeys.Table) -> String {
    table.keys.filter(\.isRequired).map { "\($0.name) = \(good($0))" }.joined(separator: ", ")
  }

  private static func list(_ element: String, _ count: Int) -> String {
    "[\(Array(repeating: element, count: count).joined(separator: ", "))]"
  }

  /// A good element of a list.
  private static func element(_ form: ValueForm) -> String {
    switch form {
    case .choice(let words): "\"\(words[0])\""
    case .date: "2026-12-25"
    case .match(let pattern) where pattern.contains(":"): "\"23:00..07:00\""
    default: "\"30m\""
    }
  }
}
