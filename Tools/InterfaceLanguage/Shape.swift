/// A type of the interface language (varlink.org, "Interface Definition").
package indirect enum Shape: Hashable, Sendable {
  case boolean, integer, number, string
  /// Any JSON value.
  case object
  /// One of several words.
  case choice([Word])
  case array(Shape)
  /// An object with any keys.
  case map(Shape)
  case optional(Shape)
  case structure([Field])
  /// A type that the file declares under this name.
  case named(String)
}

/// A field of a structure, a parameter of a method, or a member of its reply.
package struct Field: Hashable, Sendable {
  package let name: String
  package let shape: Shape
  /// The lines of the comment above it.
  package let comment: [String]

  package init(name: String, shape: Shape, comment: [String] = []) {
    self.name = name
    self.shape = shape
    self.comment = comment
  }
}

/// A word of a choice.
package struct Word: Hashable, Sendable {
  package let name: String
  /// The lines of the comment above it.
  package let comment: [String]
}

extension Shape {
  /// The type as it stands in an interface file; of a structure and a choice in short.
  package var text: String {
    switch self {
    case .boolean: "bool"
    case .integer: "int"
    case .number: "float"
    case .string: "string"
    case .object: "object"
    case .choice(let words): "(\(words.map(\.name).joined(separator: ", ")))"
    case .array(let element): "[]" + element.text
    case .map(let element): "[string]" + element.text
    case .optional(let element): "?" + element.text
    case .structure: "a structure"
    case .named(let name): name
    }
  }

  /// Reads a type as it stands in an interface file, such as `[]Ritual`.
  package init(parsing text: String) throws(InterfaceError) {
    var scanner = InterfaceScanner(text)
    self = try scanner.shape()
  }
}
