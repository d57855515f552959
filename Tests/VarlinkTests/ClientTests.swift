import DesktopRig
import Testing
import Varlink

/// Replies that no service of ours sends.
@Suite("A client and what it receives")
struct ClientTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func answer(_ reply: String) throws -> JSONValue {
    let socket = try AnsweringSocket(at: folder.path("service.sock"), reply: reply)
    return try VarlinkClient(path: socket.path).call("a.b.C", as: JSONValue.self)
  }

  @Test("A reply without parameters has an empty object of them", arguments: ["{}", #"{"parameters":null}"#])
  func noParameters(reply: String) throws {
    #expect(try answer(reply) == [:])
  }

  @Test(
    "An error comes with its name and its parameters",
    arguments: [
      (#"{"error":"a.b.E","parameters":{"x":1}}"#, ["x": 1]), (#"{"error":"a.b.E"}"#, [:]),
    ] as [(String, JSONValue)])
  func errors(reply: String, parameters: JSONValue) {
    let error = #expect(throws: RemoteError.self) { try answer(reply) }
    #expect(error == RemoteError(name: "a.b.E", parameters: parameters))
  }

  @Test(
    "What is no reply is said to be none",
    arguments: [
      ("nonsense", WireError.notJSON), ("[]", .notJSON), (#"{"error":1}"#, .badMember(name: "error")),
      (#"{"continues":"yes"}"#, .badMember(name: "continues")),
    ])
  func noReply(reply: String, error: WireError) {
    #expect(throws: VarlinkClient.Failure.malformed(error)) { try answer(reply) }
  }
}
