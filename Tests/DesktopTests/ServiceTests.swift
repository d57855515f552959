import Desktop
import DesktopRig
import Glibc
import Testing

/// Runs a small program that prints what its service manager gave it in the environment.
private func probe(
  _ tasks: String..., environment: [String: String] = [:], descriptors: [Int32] = []
) async throws -> Output {
  try await ChildProcess.run(
    built("DesktopProbe"), tasks, environment: environment.merging(["PATH": searchPath]) { $1 },
    descriptors: descriptors)
}

@Suite("ServiceManager")
struct ServiceManagerTests {
  @Test("Without one, messages go nowhere and nothing fails")
  func absent() async throws {
    let output = try await probe("ready", "reloading", "stopping", "watchdog", "present", "interval")
    #expect(output.status == 0, "\(output.errors)")
    #expect(output.output == "false\nnone\n")
  }

  @Test(
    "Each message is what sd_notify(3) says",
    arguments: [
      ("ready", "READY=1\nSTATUS=Next: 22:15 STOPPING=1"), ("report", "STATUS=well"),
      ("stopping", "STOPPING=1"),
      ("watchdog", "WATCHDOG=1"),
    ])
  func messages(task: String, message: String) async throws {
    let socket = try NotifySocket()
    let output = try await probe(task, environment: ["NOTIFY_SOCKET": socket.path])
    #expect(output.status == 0, "\(output.errors)")
    #expect(socket.receive() == message)
  }

  @Test("A reload says when it began, on the monotonic clock")
  func reloading() async throws {
    let socket = try NotifySocket()
    let before = monotonicMicroseconds()
    let output = try await probe("reloading", environment: ["NOTIFY_SOCKET": socket.path])
    #expect(output.status == 0, "\(output.errors)")
    let lines = try #require(socket.receive()).split(separator: "\n")
    #expect(lines.first == "RELOADING=1")
    let stamp = try #require(lines.last?.split(separator: "=").last.flatMap { Int($0) })
    #expect((before...monotonicMicroseconds()).contains(stamp))
  }

  @Test("The watchdog's interval is the unit's")
  func watchdog() async throws {
    let output = try await probe(
      "interval", "present", environment: ["WATCHDOG_USEC": "30000000", "NOTIFY_SOCKET": "@x"])
    #expect(output.output == "30.0 seconds\ntrue\n")
  }

  private func monotonicMicroseconds() -> Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1_000_000 + now.tv_nsec / 1000
  }
}

/// Tests must not write into the machine's own journal.
nonisolated private let journalRuns = access("/run/systemd/journal/socket", F_OK) == 0

@Suite("SystemJournal")
struct SystemJournalTests {
  @Test(
    "Standard error goes to the journal only where it is the stream that the service manager made",
    arguments: [("", "true"), ("1", "false")])
  func stream(suffix: String, expected: String) async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("", to: "errors")
    var status = stat()
    #expect(stat(path, &status) == 0)
    let file = open(path, O_WRONLY | O_CLOEXEC)
    defer { close(file) }
    let output = try await ChildProcess.run(
      built("DesktopProbe"), ["stderr"],
      environment: ["JOURNAL_STREAM": "\(status.st_dev):\(status.st_ino)\(suffix)"], errors: file)
    #expect(output.output == "\(expected)\n")
  }

  @Test("Without a journal an entry goes nowhere and nothing fails", .disabled(if: journalRuns))
  func nowhere() async throws {
    let output = try await probe("journal")
    #expect(output.status == 0, "\(output.errors)")
  }

  @Test("Without a word of the service manager, it does not")
  func absent() async throws {
    #expect(try await probe("stderr").output == "false\n")
  }
}

@Suite("ActivatedSocket")
struct ActivatedSocketTests {
  @Test("Without socket activation there are none")
  func absent() async throws {
    #expect(try await probe("sockets").output == "")
  }

  @Test("Those handed over come in order, with their names")
  func handedOver() async throws {
    let listening = try NotifySocket(SOCK_STREAM.rawValue)
    let datagram = try NotifySocket()
    // Only the new process knows its own id, which the variable must have.
    let output = try await ChildProcess.run(
      "sh", ["-c", "LISTEN_PID=$$ exec \"$0\" sockets", built("DesktopProbe")],
      environment: ["PATH": searchPath, "LISTEN_FDS": "2", "LISTEN_FDNAMES": "control:other"],
      descriptors: [listening.descriptor, datagram.descriptor])
    #expect(output.output == "3 control\n4 other\n", "\(output.errors)")
  }

  @Test("Those meant for another process are left alone")
  func foreign() async throws {
    let socket = try NotifySocket()
    let output = try await probe(
      "sockets", environment: ["LISTEN_PID": "1", "LISTEN_FDS": "1"], descriptors: [socket.descriptor])
    #expect(output.output == "")
    #expect(output.status == 0)
  }
}

/// A bound Unix socket in a folder of its own; a stream socket listens too.
private final class NotifySocket {
  let descriptor: Int32
  let path: String
  private let folder: TemporaryFolder

  init(_ type: UInt32 = SOCK_DGRAM.rawValue) throws {
    folder = try TemporaryFolder()
    path = folder.path("socket")
    descriptor = socket(AF_UNIX, Int32(type) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(result == 0)
    if type == SOCK_STREAM.rawValue { try #require(listen(descriptor, 1) == 0) }
  }

  deinit {
    close(descriptor)
  }

  /// The received message; nil if there is none.
  func receive() -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
  }
}
