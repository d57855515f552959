package import InterfaceLanguage
package import Varlink

extension Shape {
  /// The differences between a value and this shape, each with its path. Names of types have to be resolved.
  package func mismatches(_ value: JSONValue, at path: String) -> [String] {
    switch (self, value) {
    case (.optional, .null), (.object, _): return []
    case (.optional(let shape), _): return shape.mismatches(value, at: path)
    case (.boolean, .boolean), (.integer, .integer), (.number, .integer), (.number, .number),
      (.string, .string):
      return []
    case (.choice(let words), .string(let word)):
      return words.contains { $0.name == word } ? [] : ["\(path) is \(word), which is none of \(text)"]
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

  /// A value of this shape that has every optional field. Names of types have to be resolved.
  package var sample: JSONValue {
    switch self {
    case .boolean: true
    case .integer: 1
    case .number: 1.5
    case .string: "text"
    case .object, .named: [:]
    case .choice(let words): .string(words.first?.name ?? "")
    case .array(let element): [element.sample]
    case .map(let element): ["key": element.sample]
    case .optional(let element): element.sample
    case .structure(let fields):
      .object(Dictionary(fields.map { ($0.name, $0.shape.sample) }) { first, _ in first })
    }
  }
}
