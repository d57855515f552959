import Control
import DesktopRig
import InterfaceLanguage
import Testing
import Varlink

@Suite("io.ritual.Control")
struct InterfaceTests {
  let file: InterfaceDefinition

  init() throws { file = try InterfaceDefinition(parsing: controlInterface) }

  @Test("The Swift types in Sources/Control/Interface follow the interface file")
  func current() throws {
    let writer = SwiftWriter(file, from: "io.ritual.Control.varlink", command: "make interface")
    for file in try writer.files() {
      let path = "Sources/Control/Interface/\(file.name)"
      let isCurrent = try Repository.read(path) == file.text
      #expect(isCurrent, "\(path) is not current; run: make interface")
    }
  }

  @Test("The tests know the request of every method")
  func methods() {
    #expect(Set(requests.map { $0.method }) == Set(file.methods.map { Method.name($0.name) }))
    #expect(requests.count == file.methods.count)
  }

  @Test("The text is an interface description of this name, with its methods")
  func description() throws {
    let description = try InterfaceDescription(parsing: controlInterface)
    #expect(description.name == Method.interface)
    #expect(description.methods == Set(file.methods.map(\.name)))
  }

  @Test("Every type of the file is used")
  func types() {
    var used: Set<String> = []
    func collect(_ shape: Shape) {
      switch shape {
      case .named(let name):
        if used.insert(name).inserted, let shape = file.type(named: name) { collect(shape) }
      case .array(let inner), .map(let inner), .optional(let inner): collect(inner)
      case .structure(let fields): fields.map(\.shape).forEach(collect)
      case .boolean, .integer, .number, .string, .object, .choice: break
      }
    }
    for method in file.methods { (method.parameters + method.reply).map(\.shape).forEach(collect) }
    for error in file.errors { error.parameters.map(\.shape).forEach(collect) }
    #expect(used == Set(file.types.map(\.name)))
  }
}
