/// The declarations of an interface file (varlink.org, "Interface Definition"), in the order of the file.
package struct InterfaceDefinition: Sendable {
  /// A type, with its name.
  package struct TypeDeclaration: Sendable {
    package let name: String
    package let shape: Shape
    /// The lines of the comment above it.
    package let comment: [String]
  }

  package struct Method: Sendable, CustomStringConvertible {
    package let name: String
    package let parameters: [Field]
    package let reply: [Field]
    /// The lines of the comment above it.
    package let comment: [String]
    package var description: String { name }
  }

  /// An error that a method may reply.
  package struct Failure: Sendable, CustomStringConvertible {
    package let name: String
    package let parameters: [Field]
    /// The lines of the comment above it.
    package let comment: [String]
    package var description: String { name }
  }

  /// The name of the interface, such as `io.ritual.Control`.
  package let name: String
  package private(set) var types: [TypeDeclaration] = []
  package private(set) var methods: [Method] = []
  package private(set) var errors: [Failure] = []

  /// Reads the text of an interface file.
  package init(parsing text: String) throws(InterfaceError) {
    var scanner = InterfaceScanner(text)
    _ = try scanner.expect("interface")
    name = try scanner.name("the name of the interface")
    var names: Set<String> = []
    while let keyword = scanner.next() {
      let name = try scanner.name("a name behind '\(keyword.text)'")
      // Some clients keep types, methods and errors in one dictionary.
      guard names.insert(name).inserted else { throw scanner.error("'\(name)' is declared twice") }
      switch keyword.text {
      case "type":
        types.append(TypeDeclaration(name: name, shape: try scanner.shape(), comment: keyword.comment))
      case "method":
        let parameters = try scanner.fields()
        try scanner.expect("->")
        methods.append(
          Method(
            name: name, parameters: parameters, reply: try scanner.fields(), comment: keyword.comment))
      case "error":
        errors.append(Failure(name: name, parameters: try scanner.fields(), comment: keyword.comment))
      default: throw scanner.error("'\(keyword.text)' where 'type', 'method' or 'error' was expected")
      }
    }
    let declared = Set(types.map(\.name))
    for (name, line) in scanner.namedTypes where !declared.contains(name) {
      throw InterfaceError(line: line, message: "there is no type '\(name)'")
    }
  }

  /// The shape of a type that the file declares.
  package func type(named name: String) -> Shape? {
    types.first { $0.name == name }?.shape
  }

  /// The same shape with the declared types in place of their names. A type that contains itself has no end.
  package func resolved(_ shape: Shape) -> Shape {
    switch shape {
    case .named(let name): type(named: name).map(resolved) ?? shape
    case .array(let element): .array(resolved(element))
    case .map(let element): .map(resolved(element))
    case .optional(let element): .optional(resolved(element))
    case .structure(let fields): .structure(resolved(fields))
    case .boolean, .integer, .number, .string, .object, .choice: shape
    }
  }

  /// The same fields with the declared types in place of their names.
  package func resolved(_ fields: [Field]) -> [Field] {
    fields.map { Field(name: $0.name, shape: resolved($0.shape), comment: $0.comment) }
  }
}

/// A mistake in an interface file.
package struct InterfaceError: Error, CustomStringConvertible {
  /// From 1.
  package let line: Int
  /// The text that was found, and the text that was expected.
  package let message: String
  package var description: String { "line \(line): \(message)" }
}
