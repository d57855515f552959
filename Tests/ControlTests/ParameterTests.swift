import Control
import DesktopRig
import Glibc
import InterfaceLanguage
import InterfaceRig
import Testing
import Varlink

/// Every method of the interface, on a service that accepts its parameters and does nothing.
@MainActor
@Suite("Parameters on the wire")
struct ParameterTests {
  let file: InterfaceDefinition
  let folder: TemporaryFolder
  let service: VarlinkService

  init() throws {
    file = try InterfaceDefinition(parsing: controlInterface)
    folder = try TemporaryFolder()
    service = VarlinkService(.init(vendor: "v", product: "p", version: "1", url: "u"))
    service.add(try InterfaceDescription(parsing: controlInterface))
    for request in requests { request.acceptCalls(on: service) }
    try service.listen(on: ListeningSocket(at: folder.path("control.sock")))
  }

  @Test("A method accepts all of its parameters, and null or nothing for the optional ones")
  func taken() async throws {
    for method in file.methods {
      let shapes = method.parameters.map { ($0.name, file.resolved($0.shape)) }
      let full = JSONValue.object(Dictionary(shapes.map { ($0.0, $0.1.sample) }) { first, _ in first })
      let least = Dictionary(
        shapes.map { name, shape in
          if case .optional = shape { (name, JSONValue.null) } else { (name, shape.sample) }
        }
      ) { first, _ in first }
      for parameters in [full, .object(least), .object(least.filter { $0.value != .null })] {
        let reply = try await reply(to: method.name, parameters)
        #expect(reply == ["parameters": [:]], "\(method.name) \(parameters)")
      }
    }
  }

  @Test("A member that the interface does not have is refused with its path, at any depth")
  func unknown() async throws {
    for method in file.methods {
      let fields = method.parameters.map { Field(name: $0.name, shape: file.resolved($0.shape)) }
      for (parameters, path) in Shape.structure(fields).sample.withOneMore("untill") {
        let reply = try await reply(to: method.name, parameters)
        #expect(reply == Self.invalid(path), "\(method.name) \(parameters)")
      }
    }
  }

  @Test("A member that comes twice is refused with its name, even if both have the same value")
  func twice() async throws {
    for method in file.methods {
      for field in method.parameters {
        let value = text(file.resolved(field.shape).sample)
        let members = #"{"\#(field.name)":\#(value),"\#(field.name)":\#(value)}"#
        let request = #"{"method":"\#(Method.name(method.name))","parameters":\#(members)}"#
        #expect(try await reply(to: request) == Self.invalid(field.name), "\(request)")
      }
    }
  }

  private static func invalid(_ parameter: String) -> JSONValue {
    ["parameters": ["parameter": .string(parameter)], "error": .string(ServiceError.InvalidParameter.name)]
  }

  private func text(_ value: JSONValue) -> String {
    String(decoding: (try? JSONCoding.encode(value)) ?? [], as: UTF8.self)
  }

  private func reply(to method: String, _ parameters: JSONValue) async throws -> JSONValue {
    try await reply(to: #"{"method":"\#(Method.name(method))","parameters":\#(text(parameters))}"#)
  }

  private func reply(to request: String) async throws -> JSONValue {
    let socket = try RawSocket(folder.path("control.sock"))
    socket.send(Array(request.utf8) + [0])
    let reply = try #require(await socket.next(), "no reply to \(request)")
    return try JSONCoding.decode(JSONValue.self, from: Array(reply.utf8))
  }
}

extension JSONValue {
  /// The value once for each object in it, with one more member in that object; and the path of the member.
  fileprivate func withOneMore(_ name: String) -> [(value: JSONValue, path: String)] {
    switch self {
    case .object(let members):
      let inner = members.flatMap { key, value in
        value.withOneMore(name).map { changed, path in
          (
            JSONValue.object(members.merging([key: changed]) { $1 }),
            path.hasPrefix("[") ? key + path : "\(key).\(path)"
          )
        }
      }
      return [(.object(members.merging([name: "2h"]) { $1 }), name)] + inner
    case .array(let elements):
      return elements.indices.flatMap { index in
        elements[index].withOneMore(name).map { changed, path in
          var elements = elements
          elements[index] = changed
          return (.array(elements), "[\(index)].\(path)")
        }
      }
    case .null, .boolean, .integer, .number, .string: return []
    }
  }
}
