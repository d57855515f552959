package import Varlink

/// What values of a type look like on the wire.
package indirect enum Shape: Hashable, Sendable {
  case boolean, integer, number, string
  /// Any JSON value.
  case object
  /// One of these words.
  case choice([String])
  case array(Shape)
  case map(Shape)
  case optional(Shape)
  case structure([Field])
  /// A type that is declared elsewhere in the file.
  case named(String)
}

package struct Field: Hashable, Sendable {
  package let name: String
  package let shape: Shape

  package init(name: String, shape: Shape) {
    self.name = name
    self.shape = shape
  }
}

extension Shape {
  /// As it stands in an interface file, in short.
  package var text: String {
    switch self {
    case .boolean: "bool"
    case .integer: "int"
    case .number: "float"
    case .string: "string"
    case .object: "object"
    case .choice(let words): "(\(words.joined(separator: ", ")))"
    case .array(let element): "[]" + element.text
    case .map(let element): "[string]" + element.text
    case .optional(let element): "?" + element.text
    case .structure: "a structure"
    case .named(let name): name
    }
  }

  /// A value of this shape, with everything in it that may be there. Names of types have to be resolved.
  package var sample: JSONValue {
    switch self {
    case .boolean: true
    case .integer: 1
    case .number: 1.5
    case .string: "text"
    case .object, .named: [:]
    case .choice(let words): .string(words.first ?? "")
    case .array(let element): [element.sample]
    case .map(let element): ["key": element.sample]
    case .optional(let element): element.sample
    case .structure(let fields):
      .object(Dictionary(fields.map { ($0.name, $0.shape.sample) }) { first, _ in first })
    }
  }

  /// How two shapes differ, each with its path; nothing where they are alike. A word of several is a string.
  package static func differences(
    file: Shape, swift: Shape, at path: String
  ) -> [String] {
    switch (file, swift) {
    case (.optional(let file), .optional(let swift)), (.array(let file), .array(let swift)),
      (.map(let file), .map(let swift)):
      return differences(file: file, swift: swift, at: path)
    case (.structure(let file), .structure(let swift)):
      return differences(file: file, swift: swift, at: path)
    case (.choice, .string): return []
    case (.choice(let file), .choice(let swift)) where Set(file) == Set(swift): return []
    case _ where file == swift: return []
    default: return ["\(path) is \(file.text) in the file and \(swift.text) in Swift"]
    }
  }

  /// The same for the fields of two structures; their order does not matter.
  package static func differences(file: [Field], swift: [Field], at path: String) -> [String] {
    let others = Dictionary(swift.map { ($0.name, $0.shape) }) { first, _ in first }
    let names = Set(file.map(\.name))
    return file.flatMap { field in
      others[field.name].map { differences(file: field.shape, swift: $0, at: "\(path).\(field.name)") }
        ?? ["\(path).\(field.name) is in the file and not in Swift"]
    } + swift.filter { !names.contains($0.name) }.map { "\(path).\($0.name) is in Swift and not in the file" }
  }
}
