import Settings

/// A JSON Schema (draft 7) of one kind of TOML file, made from the keys that the reader knows. With it
/// editors complete keys, show their meanings, and mark unknown ones.
package struct Schema: Sendable {
  /// Its file's name, such as `ritual.schema.json`.
  package let name: String
  private let title: String
  private let table: KnownKeys.Table

  /// The schemas of all kinds of files.
  package static let all = [
    Schema(
      name: "ritual.schema.json", title: "Rituals (ritual.toml, ritual.d/*.toml)", table: KnownKeys.root),
    Schema(name: "deck.schema.json", title: "A deck of prompts", table: KnownKeys.deck),
    Schema(name: "guide.schema.json", title: "A guide for two, step by step", table: KnownKeys.guide),
    Schema(name: "preset.schema.json", title: "A preset of rituals", table: KnownKeys.preset),
  ]

  /// The text of its file.
  package var text: String {
    let head: [(name: String, value: OrderedJSON)] = [
      ("$schema", .string("http://json-schema.org/draft-07/schema#")),
      ("title", .string(title)),
    ]
    return OrderedJSON.object(head + table.members).text() + "\n"
  }
}

extension KnownKeys.Table {
  /// The members of its schema.
  fileprivate var members: [(name: String, value: OrderedJSON)] {
    var members: [(name: String, value: OrderedJSON)] = [
      ("type", .string("object")),
      ("additionalProperties", .boolean(false)),
      ("properties", .object(keys.map { ($0.name, $0.schema) })),
    ]
    let required = keys.filter(\.isRequired).map { OrderedJSON.string($0.name) }
    if let base {
      let choices = [[.string(base)], required].map { OrderedJSON.object([("required", .array($0))]) }
      members.append(("anyOf", .array(choices)))
    } else if !required.isEmpty {
      members.append(("required", .array(required)))
    }
    let companions: [(name: String, value: OrderedJSON)] = keys.compactMap { key in
      key.companion.map { (key.name, .array([.string($0)])) }
    }
    if !companions.isEmpty { members.append(("dependencies", .object(companions))) }
    if !required.isEmpty {
      // Taplo writes these keys when it completes the table.
      members.append(("x-taplo", .object([("initKeys", .array(required))])))
    }
    return members
  }
}

extension KnownKeys.Key {
  fileprivate var schema: OrderedJSON { .object([("description", .string(about))] + form.members) }
}

extension ValueForm {
  /// The members of its schema.
  fileprivate var members: [(name: String, value: OrderedJSON)] {
    switch self {
    case .boolean: [("type", .string("boolean"))]
    case .whole(let range):
      [
        ("type", .string("integer")), ("minimum", .integer(range.lowerBound)),
        ("maximum", .integer(range.upperBound)),
      ]
    case .line(let limit, let mayBeEmpty):
      [("type", .string("string"))] + (mayBeEmpty ? [] : [("minLength", .integer(1))])
        + [("maxLength", .integer(limit))]
    case .expression: [("type", .string("string")), ("minLength", .integer(1))]
    case .match(let pattern): [("type", .string("string")), ("pattern", .string(pattern))]
    case .choice(let words): [("enum", .array(words.map { .string($0) }))]
    // JSON has no dates: editors compare their text.
    case .date:
      [
        ("type", .string("string")),
        ("pattern", .string("^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}.*)?$")),
      ]
    case .oneOrMore(let form, let limit):
      Self.choices([form.members, form.list(upTo: limit, isEmptyAccepted: false)])
    case .zeroOrMore(let form, let limit):
      Self.choices([form.members, form.list(upTo: limit, isEmptyAccepted: true)])
    case .table(let table): table.members
    case .named(let form, let keys, let isEmptyAccepted):
      [
        ("type", .string("object")), ("additionalProperties", .boolean(false)),
        ("patternProperties", .object([(keys, .object(form.members))])),
      ] + (isEmptyAccepted ? [] : [("minProperties", .integer(1))])
    case .tables(let table, let limit): ValueForm.table(table).list(upTo: limit, isEmptyAccepted: false)
    case .either(let first, let second): Self.choices([first.members, second.members])
    }
  }

  private func list(upTo limit: Int, isEmptyAccepted: Bool) -> [(name: String, value: OrderedJSON)] {
    [("type", .string("array")), ("items", .object(members))]
      + (isEmptyAccepted ? [] : [("minItems", .integer(1))]) + [("maxItems", .integer(limit))]
  }

  private static func choices(
    _ schemas: [[(name: String, value: OrderedJSON)]]
  ) -> [(name: String, value: OrderedJSON)] {
    [("anyOf", .array(schemas.map { .object($0) }))]
  }
}
