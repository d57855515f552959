import Control
import InterfaceRig
import Testing
import Varlink

/// The interface file and the Swift types must not drift apart.
@Suite("io.ritual.Control")
struct InterfaceTests {
  let file: InterfaceDefinition

  init() throws { file = try InterfaceDefinition(parsing: controlInterface) }

  @Test("Each method takes and replies what the interface file says: names, kinds, and what may be absent")
  func methods() throws {
    let exchanges = Dictionary(uniqueKeysWithValues: Exchange.all.map { ($0.method, $0) })
    for method in file.methods {
      guard let exchange = exchanges[method.name] else {
        Issue.record("\(method.name) is in the file; its Swift types are to be named in Exchange.swift")
        continue
      }
      let differences =
        Shape.differences(
          file: file.resolved(method.parameters), swift: try exchange.parameters(), at: "\(method.name)()")
        + Shape.differences(
          file: file.resolved(method.reply), swift: try exchange.reply(), at: "\(method.name)->")
      #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
    }
    let declared = Set(file.methods.map(\.name))
    #expect(Exchange.all.map(\.method).filter { !declared.contains($0) } == [], "not in the file")
  }

  @Test("Each error has the parameters that the interface file says")
  func errors() throws {
    let types = Dictionary(uniqueKeysWithValues: Exchange.errors.map { ($0.name, $0) })
    for error in file.errors {
      guard let type = types["io.ritual.Control.\(error.name)"] else {
        Issue.record("\(error.name) is in the file; its Swift type is to be named in Exchange.swift")
        continue
      }
      let differences = Shape.differences(
        file: file.resolved(error.parameters), swift: try ShapeReader.fields(of: type), at: error.name)
      #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
    }
    #expect(file.errors.count == Exchange.errors.count)
  }

  @Test("The text is an interface description of this name, with its methods")
  func description() throws {
    let description = try InterfaceDescription(parsing: controlInterface)
    #expect(description.name == Method.interface)
    #expect(description.methods == Set(file.methods.map(\.name)))
  }

  @Test("Every type of the file is used, and every type that is used is there")
  func types() throws {
    var used: Set<String> = []
    func collect(_ shape: Shape) {
      switch shape {
      case .named(let name): if used.insert(name).inserted, let shape = file.types[name] { collect(shape) }
      case .array(let inner), .map(let inner), .optional(let inner): collect(inner)
      case .structure(let fields): fields.map(\.shape).forEach(collect)
      case .boolean, .integer, .number, .string, .object, .choice: break
      }
    }
    for method in file.methods { (method.parameters + method.reply).map(\.shape).forEach(collect) }
    for error in file.errors { error.parameters.map(\.shape).forEach(collect) }
    #expect(used == Set(file.types.keys))
  }
}

@Suite("What the look at the interface sees")
struct ShapeTests {
  struct Inner: Codable { var at: String }
  struct Outer: Codable {
    enum Word: String, Codable, CaseIterable { case low, high }

    var count: Int
    var share: Double
    var isOn: Bool?
    var inner: Inner?
    var list: [Inner]
    var map: [String: String]
    var any: JSONValue
    var word: Word
  }

  static let text = """
    # A comment, with (signs: in it)
    interface a.b-c.D

    type Inner (at: string) # another
    type Outer (
      count: int, share: float, isOn: ?bool, inner: ?Inner, list: []Inner, map: [string]string, any: object,
      word: (low, high)
    )
    method M(outer: Outer) -> ()
    error E ()
    """

  @Test("A type's shape is read from how it decodes, and is that of the file")
  func alike() throws {
    let file = try InterfaceDefinition(parsing: Self.text)
    let outer = file.resolved(.named("Outer"))
    #expect(Shape.differences(file: outer, swift: try ShapeReader.shape(of: Outer.self), at: "Outer") == [])
    #expect(file.methods.map(\.name) == ["M"])
    #expect(file.errors.map(\.name) == ["E"])
  }

  @Test(
    "What differs is named with its path",
    arguments: [
      ("count: int", "count: string", "Outer.count is string in the file and int in Swift"),
      ("isOn: ?bool", "isOn: bool", "Outer.isOn is bool in the file and ?bool in Swift"),
      ("list: []Inner", "list: Inner", "Outer.list is a structure in the file and []a structure in Swift"),
      ("(at: string)", "(at: int)", "Outer.inner.at is int in the file and string in Swift"),
      ("(at: string)", "(at: string, on: int)", "Outer.inner.on is in the file and not in Swift"),
      ("share: float, ", "", "Outer.share is in Swift and not in the file"),
      ("(low, high)", "(low, top)", "Outer.word is (low, top) in the file and (low, high) in Swift"),
    ])
  func different(part: String, instead: String, difference: String) throws {
    let text = Self.text.split(separator: part, omittingEmptySubsequences: false).joined(separator: instead)
    let file = try InterfaceDefinition(parsing: text)
    let found = Shape.differences(
      file: file.resolved(.named("Outer")), swift: try ShapeReader.shape(of: Outer.self), at: "Outer")
    #expect(found.first == difference)
  }

  @Test(
    "A file that is no interface is refused with its line",
    arguments: [
      ("interface a.b\ntype A (x: int, y)", 2), ("interface a.b\ntype A ()\nmethod A() -> ()", 3),
      ("interface a.b\n\nmethod M() > ()", 3),
      ("interface a.b\nthing X ()", 2),
      ("interface a.b\ntype A (x: strin)", 2),
    ])
  func refused(text: String, line: Int) {
    let error = #expect(throws: DefinitionError.self) { try InterfaceDefinition(parsing: text) }
    #expect(error?.line == line, "\(error?.message ?? "")")
  }
}
