/// What an interface file declares (varlink.org, "Interface Definition").
package struct InterfaceDefinition: Sendable {
  package struct Method: Sendable, CustomStringConvertible {
    package let name: String
    package let parameters: [Field]
    package let reply: [Field]
    package var description: String { name }
  }

  package struct Failure: Sendable, CustomStringConvertible {
    package let name: String
    package let parameters: [Field]
    package var description: String { name }
  }

  package let name: String
  package let types: [String: Shape]
  package let methods: [Method]
  package let errors: [Failure]

  /// Reads an interface file; throws where it is none.
  package init(parsing text: String) throws(DefinitionError) {
    var scanner = InterfaceScanner(text)
    try scanner.expect("interface")
    name = try scanner.word("an interface's name")
    var types: [String: Shape] = [:]
    var methods: [Method] = []
    var errors: [Failure] = []
    var names: Set<String> = []
    while let keyword = scanner.next() {
      let name = try scanner.word("a name")
      // Some clients keep all of them in one dictionary.
      guard names.insert(name).inserted else { throw scanner.error("there is a \(name) already") }
      switch keyword {
      case "type": types[name] = try scanner.shape()
      case "method":
        let parameters = try scanner.fields()
        try scanner.expect("->")
        methods.append(Method(name: name, parameters: parameters, reply: try scanner.fields()))
      case "error": errors.append(Failure(name: name, parameters: try scanner.fields()))
      default: throw scanner.error("'\(keyword)' is no type, method or error")
      }
    }
    (self.types, self.methods, self.errors) = (types, methods, errors)
  }

  /// The same shape without names of types in it. Types that contain themselves are not for this.
  package func resolved(_ shape: Shape) -> Shape {
    switch shape {
    case .named(let name): types[name].map(resolved) ?? shape
    case .array(let element): .array(resolved(element))
    case .map(let element): .map(resolved(element))
    case .optional(let element): .optional(resolved(element))
    case .structure(let fields): .structure(resolved(fields))
    case .boolean, .integer, .number, .string, .object, .choice: shape
    }
  }

  package func resolved(_ fields: [Field]) -> [Field] {
    fields.map { Field(name: $0.name, shape: resolved($0.shape)) }
  }
}

/// Where an interface file is wrong, and what was expected.
package struct DefinitionError: Error, CustomStringConvertible {
  /// From 1.
  package let line: Int
  package let message: String
  package var description: String { "line \(line): \(message)" }
}
