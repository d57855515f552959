/// Writes the declarations of an interface file as Swift: one file each for types, methods and errors.
///
/// Comments become documentation comments. A choice becomes an enumeration that can also hold a word of a
/// later version (`Choice` in Sources/Control). A method becomes a type for its parameters and one for its
/// reply.
package struct SwiftWriter {
  /// A file of Swift code.
  package struct File: Sendable {
    package let name: String
    package let text: String
  }

  private let definition: InterfaceDefinition
  private let head: String

  /// - Parameters:
  ///   - definition: the declarations.
  ///   - file: the name of the file that they stand in.
  ///   - command: the command that writes the Swift files again.
  package init(_ definition: InterfaceDefinition, from file: String, command: String) {
    self.definition = definition
    head = "// Follows \(file): change that, then run `\(command)`."
  }

  package func files() throws(UnnamedStructure) -> [File] {
    var types: [Lines] = []
    for type in definition.types { types.append(try self.type(type)) }
    var methods: [Lines] = []
    for method in definition.methods {
      methods.append(try request(of: method))
      if !method.reply.isEmpty { methods.append(try reply(of: method)) }
    }
    var errors: [Lines] = []
    for error in definition.errors { errors.append(try self.error(error)) }
    // The compiler refuses `package` on an import that no property and no alias needs.
    let inTypes = definition.types.contains { $0.shape.hasObject }
    let inMethods = definition.methods.contains { method in
      method.reply.isEmpty || (method.parameters + method.reply).contains { $0.shape.hasObject }
    }
    let inErrors = definition.errors.contains { $0.parameters.contains { $0.shape.hasObject } }
    return [
      file("Types", inTypes ? ["package import Varlink"] : [], types),
      file("Methods", [inMethods ? "package import Varlink" : "import Varlink"], methods),
      file("Errors", [inErrors ? "package import Varlink" : "import Varlink"], errors),
    ]
  }

  private func file(_ name: String, _ imports: Lines, _ declarations: [Lines]) -> File {
    let parts = [[head]] + (imports.isEmpty ? [] : [imports]) + declarations
    let text = parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    return File(name: name + ".swift", text: text + "\n")
  }

  // MARK: Declarations

  private func type(_ type: InterfaceDefinition.TypeDeclaration) throws(UnnamedStructure) -> Lines {
    switch type.shape {
    case .structure(let fields): try structure(type.name, fields, type.comment)
    case .choice(let words): choice(type.name, words, type.comment)
    case let other:
      Self.documentation(type.comment)
        + ["package typealias \(type.name) = \(try swift(other, of: type.name))"]
    }
  }

  private func request(of method: InterfaceDefinition.Method) throws(UnnamedStructure) -> Lines {
    let reply = method.reply.isEmpty ? "NoParameters" : method.name + "Reply"
    return try structure(
      method.name + "Request", method.parameters, method.comment,
      as: method.parameters.isEmpty ? "EmptyVarlinkRequest" : "VarlinkRequest",
      [
        "package typealias Reply = \(reply)",
        "package static let method = \"\(definition.name).\(method.name)\"",
      ])
  }

  private func reply(of method: InterfaceDefinition.Method) throws(UnnamedStructure) -> Lines {
    try structure(method.name + "Reply", method.reply, ["The reply to `\(method.name)Request`."])
  }

  private func error(_ error: InterfaceDefinition.Failure) throws(UnnamedStructure) -> Lines {
    try structure(
      error.name, error.parameters, error.comment, as: "VarlinkError, Hashable",
      ["package static let name = \"\(definition.name).\(error.name)\""])
  }

  private func structure(
    _ name: String, _ fields: [Field], _ comment: [String],
    as protocols: String = "Codable, Hashable, Sendable", _ statics: Lines = []
  ) throws(UnnamedStructure) -> Lines {
    var properties: Lines = []
    var parameters: [String] = []
    var choices: [Lines] = []
    for field in fields {
      let type = try swift(field.shape, of: field.name)
      properties += Self.documentation(field.comment) + ["package var \(Self.escaped(field.name)): \(type)"]
      parameters.append("\(field.name): \(type)\(type.hasSuffix("?") ? " = nil" : "")")
      if let words = field.shape.words {
        choices.append(choice(Self.typeName(field.name), words, ["A value of `\(field.name)`."]))
      }
    }
    let assignments = fields.map { "  self.\($0.name) = \(Self.escaped($0.name))" }
    let initializer = Self.initializer(parameters, assignments)
    let sections = [statics, properties, initializer] + choices
    let body = sections.filter { !$0.isEmpty }.map { $0.map(Self.indented) }
    return Self.documentation(comment)
      + ["package struct \(name): \(protocols) {"]
      + Array(body.joined(separator: [""])) + ["}"]
  }

  private static func initializer(_ parameters: [String], _ assignments: Lines) -> Lines {
    guard !parameters.isEmpty else { return ["package init() {}"] }
    let line = "package init(\(parameters.joined(separator: ", "))) {"
    let begin = indented(line).count <= width ? [line] : ["package init("] + filled(parameters) + [") {"]
    return begin + assignments + ["}"]
  }

  private func choice(_ name: String, _ words: [Word], _ comment: [String]) -> Lines {
    let cases =
      words.allSatisfy { $0.comment.isEmpty }
      ? ["case \(words.map { Self.escaped($0.name) }.joined(separator: ", "))"]
      : words.flatMap { Self.documentation($0.comment) + ["case \(Self.escaped($0.name))"] }
    let body =
      cases + ["/// A word of a later version.", "case other(String)", ""]
      + ["package init(rawValue: String) {", "  switch rawValue {"]
      + words.map { "  case \"\($0.name)\": self = .\($0.name)" }
      + ["  default: self = .other(rawValue)", "  }", "}", ""]
      + ["package var rawValue: String {", "  switch self {"]
      + words.map { "  case .\($0.name): \"\($0.name)\"" }
      + ["  case .other(let word): word", "  }", "}"]
    return Self.documentation(comment) + ["package enum \(name): Choice {"] + body.map(Self.indented) + ["}"]
  }

  // MARK: Words of Swift

  /// The Swift type of a shape; `field` is the name of what has it.
  private func swift(_ shape: Shape, of field: String) throws(UnnamedStructure) -> String {
    switch shape {
    case .boolean: "Bool"
    case .integer: "Int"
    case .number: "Double"
    case .string: "String"
    case .object: "JSONValue"
    case .named(let name): name
    case .choice: Self.typeName(field)
    case .array(let element): "[\(try swift(element, of: field))]"
    case .map(let element): "[String: \(try swift(element, of: field))]"
    case .optional(let inner): try swift(inner, of: field) + "?"
    case .structure: throw UnnamedStructure(field: field)
    }
  }

  /// `phase` as the name of a type: `Phase`.
  private static func typeName(_ field: String) -> String {
    field.prefix(1).uppercased() + field.dropFirst()
  }

  /// A name that may be a word of Swift's own, as it has to stand in a declaration.
  private static func escaped(_ name: String) -> String {
    reserved.contains(name) ? "`\(name)`" : name
  }

  private static let reserved: Set<String> = [
    "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer", "deinit",
    "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if",
    "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator", "precedencegroup", "private",
    "protocol", "public", "repeat", "rethrows", "return", "self", "static", "struct", "subscript", "super",
    "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
  ]

  // MARK: Layout

  private typealias Lines = [String]

  /// The longest line of the package (.swift-format).
  private static let width = 110

  private static func documentation(_ comment: [String]) -> Lines {
    comment.map { $0.isEmpty ? "///" : "/// \($0)" }
  }

  private static func indented(_ line: String) -> String { line.isEmpty ? line : "  " + line }

  /// Parameters in as few lines as they need, in the place where an initialiser of a structure has them.
  private static func filled(_ parameters: [String]) -> Lines {
    var lines: Lines = []
    var line = " "
    for (index, parameter) in parameters.enumerated() {
      let piece = " " + parameter + (index == parameters.count - 1 ? "" : ",")
      if indented(line + piece).count > width, line != " " {
        lines.append(line)
        line = " "
      }
      line += piece
    }
    return lines + [line]
  }
}

/// A structure without a name that stands in a field, which in Swift needs one.
package struct UnnamedStructure: Error, CustomStringConvertible {
  package let field: String
  package var description: String {
    "'\(field)' is a structure without a name; declare a type for it and name that"
  }
}

extension Shape {
  /// The words of a choice, also where it is optional or in a list.
  fileprivate var words: [Word]? {
    switch self {
    case .choice(let words): words
    case .array(let inner), .map(let inner), .optional(let inner): inner.words
    case .boolean, .integer, .number, .string, .object, .structure, .named: nil
    }
  }

  /// True if a value of this type may contain an arbitrary JSON value.
  fileprivate var hasObject: Bool {
    switch self {
    case .object: true
    case .array(let inner), .map(let inner), .optional(let inner): inner.hasObject
    case .structure(let fields): fields.contains { $0.shape.hasObject }
    case .boolean, .integer, .number, .string, .choice, .named: false
    }
  }
}
