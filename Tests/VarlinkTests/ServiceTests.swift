import DesktopRig
import Dispatch
import Glibc
import Testing
import Varlink

/// A real service on real sockets; clients block, so they run beside the main queue.
@MainActor
@Suite("A service and its peers")
struct ServiceTests {
  struct Number: Codable, Hashable, Sendable { var number: Int }
  struct Odd: VarlinkError, Hashable {
    static let name = "test.numbers.Odd"
    var number: Int
  }

  let folder: TemporaryFolder
  let service: VarlinkService
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("service.sock")
    var limits = Limits()
    limits.connections = 50
    service = VarlinkService(.init(vendor: "v", product: "p", version: "1", url: "u"), limits: limits)
    service.add(
      try InterfaceDescription(
        parsing:
          "interface test.numbers\nmethod Half(number: int) -> (number: int)\nmethod Count(number: int) -> (number: int)\nmethod Later() -> ()\nerror Odd (number: int)\n"
      ))
    service.handle("test.numbers.Half", as: Number.self) { request, call in
      guard request.number.isMultiple(of: 2) else { throw Odd(number: request.number) }
      try call.reply(Number(number: request.number / 2))
    }
    service.handle("test.numbers.Count", as: Number.self) { request, call in
      try call.requireMore()
      for number in 0..<request.number {
        try call.reply(Number(number: number), continues: number < request.number - 1)
      }
    }
    try service.listen(on: ListeningSocket(at: path))
  }

  func beside<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
    }
  }

  @Test("A call is answered; an error comes with its parameters; what does not fit is named")
  func calls() async throws {
    let path = path
    try await beside {
      let client = try VarlinkClient(path: path)
      #expect(try client.call("test.numbers.Half", Number(number: 8), as: Number.self) == Number(number: 4))
      let odd = #expect(throws: RemoteError.self) {
        try client.call("test.numbers.Half", Number(number: 3), as: Number.self)
      }
      #expect(odd?.decoded(as: Odd.self) == Odd(number: 3))
      let bad = #expect(throws: RemoteError.self) {
        try client.call("test.numbers.Half", ["number": "x"], as: Number.self)
      }
      #expect(bad?.decoded(as: ServiceError.InvalidParameter.self)?.parameter == "number")
    }
  }

  @Test("It is answering while a call waits for its one reply, and not while callers follow or say nothing")
  func answering() async throws {
    let calls = Mailbox<Call>("a call")
    service.handle("test.numbers.Later") { call in calls.put(call) }
    #expect(!service.isAnswering)
    let follower = try RawSocket(path)
    follower.send(Array(#"{"method":"test.numbers.Later","more":true}"#.utf8) + [0])
    let following = try await calls.next()
    #expect(!service.isAnswering)
    let other = try RawSocket(path)
    other.send(Array(#"{"method":"test.numbers.Later"}"#.utf8))
    // The beginning of a request is one under way.
    while !service.isAnswering { await Task.yield() }
    #expect(calls.unread.isEmpty)
    other.send([0])
    let waiting = try await calls.next()
    #expect(service.isAnswering)
    try waiting.reply(NoParameters())
    #expect(await other.next() != nil)
    while service.isAnswering { await Task.yield() }
    #expect(following.isOpen)
  }

  @Test("A result can be taken as its text; an error is one all the same")
  func text() async throws {
    let path = path
    service.handle("test.numbers.Later") { call in try call.reply(["numbers": [1, 2], "more": [3]]) }
    try await beside {
      let client = try VarlinkClient(path: path)
      let reply = try client.call("test.numbers.Later", as: JSONText.self)
      #expect(try reply.decoded(as: [String: [Int]].self) == ["numbers": [1, 2], "more": [3]])
      #expect(try Array(reply.member("numbers").bytes) == Array("[1,2]".utf8))
      #expect(throws: VarlinkClient.Failure.malformed(.badMember(name: "parameters"))) {
        try client.call("test.numbers.Later", as: String.self)
      }
      let error = #expect(throws: RemoteError.self) {
        try client.call("test.numbers.None", as: JSONText.self)
      }
      #expect(error?.name == ServiceError.MethodNotFound.name)
    }
  }

  @Test(
    "What is not there is said by the standard errors",
    arguments: [
      ("test.numbers.Later", ServiceError.MethodNotImplemented.name),
      ("test.numbers.None", ServiceError.MethodNotFound.name),
      ("test.letters.Half", ServiceError.InterfaceNotFound.name),
      ("nonsense", ServiceError.MethodNotFound.name),
      ("test.numbers.Count", ServiceError.ExpectedMore.name),
    ])
  func notThere(method: String, error: String) async throws {
    let path = path
    let found = try await beside {
      #expect(throws: RemoteError.self) {
        try VarlinkClient(path: path).call(method, Number(number: 1), as: Number.self)
      }
    }
    #expect(found?.name == error)
  }

  @Test("A program that cannot work refuses every call but those about itself, until it can")
  func refuses() async throws {
    func answer(to method: String) async throws -> String {
      let path = path
      let parameters: JSONValue = method.hasPrefix("org.varlink.") ? [:] : ["number": 2]
      return try await beside {
        do {
          _ = try VarlinkClient(path: path).call(method, parameters, as: JSONValue.self)
          return "a reply"
        } catch let error as RemoteError {
          return error.decoded(as: Odd.self) == Odd(number: 77) ? "the refusal" : error.name
        }
      }
    }
    service.refusal = Odd(number: 77)
    for method in ["Half", "Count", "Later", "None"] {
      #expect(try await answer(to: "test.numbers.\(method)") == "the refusal")
    }
    #expect(try await answer(to: "test.letters.Half") == ServiceError.InterfaceNotFound.name)
    #expect(try await answer(to: "org.varlink.service.GetInfo") == "a reply")
    service.refusal = nil
    #expect(try await answer(to: "test.numbers.Half") == "a reply")
  }

  @Test("Several replies come in their order, and the connection serves on")
  func more() async throws {
    let path = path
    let numbers = try await beside {
      let client = try VarlinkClient(path: path)
      var numbers: [Int] = []
      try client.callMore("test.numbers.Count", Number(number: 1000), as: Number.self) {
        numbers.append($0.number)
      }
      numbers.append(try client.call("test.numbers.Half", Number(number: -2), as: Number.self).number)
      return numbers
    }
    #expect(numbers == Array(0..<1000) + [-1])
  }

  @Test("It describes itself")
  func describes() async throws {
    let path = path
    let (info, text) = try await beside {
      let client = try VarlinkClient(path: path)
      return (
        try client.call("org.varlink.service.GetInfo", NoParameters(), as: JSONValue.self),
        try client.call(
          "org.varlink.service.GetInterfaceDescription", ["interface": "test.numbers"], as: JSONValue.self)
      )
    }
    #expect(info["interfaces"] == ["org.varlink.service", "test.numbers"])
    #expect(text["description"]?.string?.hasPrefix("interface test.numbers") == true)
  }

  @Test("A peer that never reads is dropped, and others are served meanwhile")
  func neverReads() async throws {
    let path = path
    var reasons: [String] = []
    service.onIncident = { if case .dropped(let reason, _) = $0 { reasons.append(reason) } }
    let answer = try await beside {
      let deaf = try RawSocket(path)
      let request =
        Array("{\"method\":\"test.numbers.Count\",\"parameters\":{\"number\":200000},\"more\":true}".utf8) + [
          0
        ]
      deaf.send(request)
      return try VarlinkClient(path: path).call("test.numbers.Half", Number(number: 2), as: Number.self)
    }
    #expect(answer == Number(number: 1))
    #expect(reasons == ["it does not read its replies"])
  }

  @Test("More connections than there may be close those that are idle, and the last one is served")
  func manyConnections() async throws {
    let path = path
    try await beside {
      let crowd = try (0..<200).map { _ in try RawSocket(path) }
      let client = try VarlinkClient(path: path)
      #expect(try client.call("test.numbers.Half", Number(number: 2), as: Number.self) == Number(number: 1))
      // With the last one there are 201, and 50 may be.
      let areClosed = crowd.prefix(151).allSatisfy { $0.isHungUpOn() }
      #expect(areClosed)
      withExtendedLifetime(crowd) {}
    }
  }

  @Test("Bytes one at a time, and several requests at once, are answered in order")
  func slowAndFast() async throws {
    let path = path
    let reply = try await beside {
      let socket = try RawSocket(path)
      let request = { (n: Int) in
        Array("{\"method\":\"test.numbers.Half\",\"parameters\":{\"number\":\(n)}}".utf8) + [0]
      }
      for byte in request(2) { socket.send([byte]) }
      socket.send(request(4) + request(6))
      return socket.read(messages: 3)
    }
    #expect(
      reply == [
        "{\"parameters\":{\"number\":1}}", "{\"parameters\":{\"number\":2}}",
        "{\"parameters\":{\"number\":3}}",
      ])
  }

  @Test("A second service at the same path is refused and the first named; a stale socket is replaced")
  func secondAndStale() throws {
    let error = #expect(throws: ListeningSocketError.self) { _ = try ListeningSocket(at: path) }
    #expect(error == .inUse(path: path, process: getpid()))
    let stale = folder.path("stale.sock")
    try RawSocket.leaveStale(at: stale)
    _ = try ListeningSocket(at: stale)
    try folder.write("text", to: "file.sock")
    #expect(throws: ListeningSocketError.notASocket(path: folder.path("file.sock"))) {
      _ = try ListeningSocket(at: folder.path("file.sock"))
    }
    #expect(folder.read("file.sock") == "text")
  }
}
