import DesktopRig
import Testing
import Varlink

/// Requests as bytes on a real socket, and what the service makes of them.
@MainActor
@Suite("Requests on the wire")
struct RequestTests {
  let folder: TemporaryFolder
  let service: VarlinkService
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("service.sock")
    service = VarlinkService(.init(vendor: "v", product: "p", version: "1", url: "u"))
    service.add(try InterfaceDescription(parsing: "interface test.wire\nmethod Tell() -> ()\n"))
    service.handle("test.wire.Tell", as: JSONValue.self) { parameters, call in
      try call.reply(JSONValue.object(["more": .boolean(call.wantsMore), "got": parameters]))
    }
    try service.listen(on: ListeningSocket(at: path))
  }

  @Test(
    "What is no request is refused with what is wrong",
    arguments: [
      (Array("nonsense".utf8), WireError.notJSON), ([0xff, 0xfe], .notUTF8),
      (Array("{}".utf8), .badMember(name: "method")),
      (Array("{\"method\":1}".utf8), .badMember(name: "method")),
      (Array("{\"method\":\"a.B\",\"more\":3}".utf8), .badMember(name: "more")),
      (Array("{\"method\":\"a.B\",\"parameters\":[]}".utf8), .badMember(name: "parameters")),
      (Array("{\"method\":null}".utf8), .badMember(name: "method")),
      (Array("{\"method\":\"a.B\",\"params\":{}}".utf8), .unknownMember),
      (Array("{\"method\":\"a.B\",\"method\":\"a.C\"}".utf8), .repeatedMember(name: "method")),
      (Array("{\"method\":\"a.B\",\"more\":null,\"more\":true}".utf8), .repeatedMember(name: "more")),
      (Array("{\"method\":\"a.B\",\"more\":true,\"oneway\":true}".utf8), .moreOneway),
      (Array("{\"method\":\"a.B\",\"upgrade\":true}".utf8), .upgrade),
      ([UInt8](repeating: UInt8(ascii: "["), count: 100_000), .tooDeep(limit: 64)), ([], .notJSON),
    ])
  func noRequest(message: [UInt8], error: WireError) async throws {
    var reasons: [String] = []
    service.onIncident = { if case .dropped(let reason, _) = $0 { reasons.append(reason) } }
    #expect(try await RawSocket.send(message + [0], to: path).isEmpty)
    #expect(reasons == ["\(error)"])
  }

  @Test("A flag that is false or null, and parameters that are null, are as good as absent")
  func absent() async throws {
    let nothing =
      #"{"method":"test.wire.Tell","more":false,"oneway":false,"upgrade":false,"parameters":null}"#
    #expect(try await replies(to: nothing) == [["more": false, "got": [:]]])
    let nulls =
      #"{ "parameters" : { "x" : null } ,"more":null,"oneway":null,"upgrade":null,"method":"test.wire.Tell"}"#
    #expect(try await replies(to: nulls) == [["more": false, "got": ["x": nil]]])
  }

  @Test("A call that wants no reply gets none, and the next one on its connection is answered")
  func oneway() async throws {
    let first = #"{"method":"test.wire.Tell","parameters":{"number":1},"oneway":true}"#
    let second = #"{"method":"test.wire.Tell","parameters":{"number":2},"more":true}"#
    #expect(try await replies(to: first, second) == [["more": true, "got": ["number": 2]]])
  }

  @Test("Of two values with one name, at any depth, none is taken")
  func twice() async throws {
    let request = #"{"method":"test.wire.Tell","parameters":{"any":{"x":1,"x":2}}}"#
    let socket = try RawSocket(path)
    socket.send(Array(request.utf8) + [0])
    let reply = try JSONCoding.decode(JSONValue.self, from: Array(try #require(await socket.next()).utf8))
    #expect(reply["error"]?.string == ServiceError.InvalidParameter.name)
  }

  /// Sends requests on one connection, and one more that is answered in any case. Returns the parameters of
  /// as many replies as are expected before that answer.
  private func replies(_ count: Int = 1, to requests: String...) async throws -> [JSONValue?] {
    let last = #"{"method":"org.varlink.service.GetInfo"}"#
    let socket = try RawSocket(path)
    for request in requests + [last] { socket.send(Array(request.utf8) + [0]) }
    let replies = try await socket.next(count + 1).map {
      try JSONCoding.decode(JSONValue.self, from: Array($0.utf8))["parameters"]
    }
    #expect(replies.last??["vendor"] == "v")
    return replies.dropLast()
  }
}
