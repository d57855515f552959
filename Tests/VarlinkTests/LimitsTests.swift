import DesktopRig
import Dispatch
import Testing
import Varlink

/// A real service on a real socket; clients block, so they run beside the main queue.
@MainActor
@Suite("Memory limits of a service's connections")
struct LimitsTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("service.sock")
  }

  /// A service with a limit for the bytes of all connections.
  func start(total: Int = 1 << 20) throws -> VarlinkService {
    var limits = Limits()
    limits.total = total
    let service = VarlinkService(.init(vendor: "v", product: "p", version: "1", url: "u"), limits: limits)
    service.add(
      try InterfaceDescription(
        parsing: "interface test.a\nmethod Say(text: string) -> ()\nmethod Wait(text: string) -> ()\n"))
    service.handle("test.a.Say", as: [String: String].self) { _, call in try call.reply(NoParameters()) }
    try service.listen(on: ListeningSocket(at: path))
    return service
  }

  func beside<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
    }
  }

  nonisolated static func request(_ method: String, length: Int, isWhole: Bool = true) -> [UInt8] {
    let head = Array(#"{"method":"test.a.\#(method)","parameters":{"text":""#.utf8)
    return head + [UInt8](repeating: UInt8(ascii: "a"), count: length - head.count - 3)
      + (isWhole ? Array("\"}}".utf8) + [0] : [])
  }

  nonisolated static func reason(_ total: Int) -> String {
    "all connections together hold more than \(total) bytes, and it holds most"
  }

  @Test(
    "Of those that send without an end the largest is dropped, with the reason, and the others are served")
  func input() async throws {
    let path = path
    let service = try start()
    let drops = Mailbox<String>("a connection to be dropped")
    service.onIncident = { if case .dropped(let reason, _) = $0 { drops.put(reason) } }
    let (small, large) = try await beside {
      let small = try RawSocket(path)
      small.send(Self.request("Say", length: 100_000, isWhole: false))
      let large = try RawSocket(path)
      large.send(Self.request("Say", length: 1_000_000, isWhole: false))
      return (small, large)
    }
    #expect(try await drops.next() == Self.reason(1 << 20))
    let (answer, heard) = try await beside {
      small.send(Array("\"}}".utf8) + [0])
      return (small.read(messages: 1), large.read())
    }
    #expect(answer == [#"{"parameters":{}}"#])
    #expect(heard == [])
    #expect(drops.unread == [])
  }

  @Test(
    "Requests that are being answered count, and so do those that wait behind one", arguments: [false, true])
  func waiting(isBehind: Bool) async throws {
    let path = path
    let total = 4_800_000
    let service = try start(total: total)
    var calls: [Call] = []
    let drops = Mailbox<String>("a connection to be dropped")
    service.handle("test.a.Wait", as: [String: String].self) { _, call in calls.append(call) }
    service.onIncident = { if case .dropped(let reason, _) = $0 { drops.put(reason) } }
    let peers = try await beside {
      let wait = Array(#"{"method":"test.a.Wait"}"#.utf8) + [0]
      let long = Self.request(isBehind ? "Say" : "Wait", length: 950_000)
      let peers = try (0..<12).map { _ in
        let peer = try RawSocket(path)
        peer.send((isBehind ? wait : []) + long)
        return peer
      }
      return peers
    }
    // No call has been answered by now.
    #expect(try await drops.next() == Self.reason(total))
    try await beside {
      let client = try VarlinkClient(path: path)
      #expect(try client.call("test.a.Say", ["text": ""], as: NoParameters.self) == NoParameters())
    }
    #expect(drops.unread.allSatisfy { $0 == Self.reason(total) })
    // A buffer may be twice as large as its contents, and the kernel holds a part of the sent bytes.
    #expect((2...6).contains(calls.count(where: \.isOpen)))
    withExtendedLifetime(peers) {}
  }

  @Test("A client does not send what a service would close the connection on, and says so")
  func tooLong() async throws {
    let path = path
    let service = try start()
    try await beside {
      let client = try VarlinkClient(path: path)
      let text = String(repeating: "a", count: 1 << 20)
      let failure = #expect(throws: VarlinkClient.Failure.self) {
        try client.call("test.a.Say", ["text": text], as: NoParameters.self)
      }
      #expect(failure == .tooLong(length: 1_048_624, limit: 1_048_576))
      let short = ["text": String(text.prefix(400_000))]
      #expect(try client.call("test.a.Say", short, as: NoParameters.self) == NoParameters())
    }
    withExtendedLifetime(service) {}
  }
}
