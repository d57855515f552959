package import Varlink

extension Shape {
  /// Where a value is not of this shape, each place with its path; nothing where it is. Names of types have to be
  /// resolved.
  package func mismatches(_ value: JSONValue, at path: String) -> [String] {
    switch (self, value) {
    case (.optional, .null), (.object, _): return []
    case (.optional(let shape), _): return shape.mismatches(value, at: path)
    case (.boolean, .boolean), (.integer, .integer), (.number, .integer), (.number, .number),
      (.string, .string):
      return []
    case (.choice(let words), .string(let word)):
      return words.contains(word) ? [] : ["\(path) is \(word), which is none of \(text)"]
    case (.array(let shape), .array(let values)):
      return values.enumerated().flatMap { shape.mismatches($0.element, at: "\(path)[\($0.offset)]") }
    case (.map(let shape), .object(let members)):
      return members.flatMap { shape.mismatches($0.value, at: "\(path).\($0.key)") }
    case (.structure(let fields), .object(let members)): return Self.mismatches(fields, members, at: path)
    default: return ["\(path) is \(value), and not \(text)"]
    }
  }

  private static func mismatches(
    _ fields: [Field], _ members: [String: JSONValue], at path: String
  ) -> [String] {
    let known = Set(fields.map(\.name))
    return fields.flatMap { field in
      field.shape.mismatches(members[field.name] ?? .null, at: "\(path).\(field.name)")
    } + members.keys.filter { !known.contains($0) }.map { "\(path).\($0) is not documented" }
  }

  /// Reads a type as it stands in an interface file, such as `[]Ritual`.
  package init(parsing text: String) throws(DefinitionError) {
    var scanner = InterfaceScanner(text)
    self = try scanner.shape()
  }
}
