import Control
import DesktopRig
import Glibc
import SimulationRig
import Testing

/// The real daemon, and hostile peers at its socket.
@Suite("Abuse of the control socket")
struct SocketAbuseTests {
  private let status = Array(#"{"method":"io.ritual.Control.Status"}"#.utf8) + [0]

  @Test("Malformed frames of every kind affect only their sender")
  func malformed() async throws {
    let seed = UInt64.random(in: 1...1_000_000)
    print("Malformed frames from seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let home = try await started()
    let before = try memory(home)
    for _ in 0..<400 {
      let socket = try RawSocket(home.folder.path("run/ritual/control.sock"))
      socket.send(frame(&random))
      if Bool.random(using: &random) { socket.send(status) }
    }
    try await isWell(home)
    #expect(try memory(home) - before < 16_384, "KiB")
  }

  @Test("A thousand connections, each with half a message, leave room for a good one, and memory is bounded")
  func thousand() async throws {
    let home = try await started()
    let before = try memory(home)
    // A separate process: this one has no thousand descriptors to spare.
    let crowd = """
      import resource, socket, subprocess, sys
      resource.setrlimit(resource.RLIMIT_NOFILE, (2048, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
      peers = []
      for _ in range(1000):
          peer = socket.socket(socket.AF_UNIX); peer.connect(sys.argv[1])
          try: peer.sendall(b'{"method":"' + b'a' * 65000)
          except (BrokenPipeError, ConnectionResetError): pass
          peers.append(peer)
      sys.exit(subprocess.run([sys.argv[2], 'list']).returncode)
      """
    let output = try await ChildProcess.run(
      "/usr/bin/python3", ["-c", crowd, home.folder.path("run/ritual/control.sock"), built("ritualctl")],
      environment: home.environment)
    #expect(output.status == 0 && output.output.contains("goodbye-kiss"), "\(output.errors)")
    // 256 connections with 64 KiB each, twice while a buffer grows.
    #expect(try memory(home) - before < 49_152, "KiB")
    try await isWell(home)
  }

  @Test(
    "As many connections as there may be, each with as much as it may send, leave memory bounded",
    arguments: [false, true])
  func full(isBehind: Bool) async throws {
    let home = try await started()
    let before = try memory(home)
    // 250 MB in all: a request without an end, or more requests behind one that is never answered.
    let crowd = """
      import socket, subprocess, sys
      watch = b'{"method":"io.ritual.Control.Watch","more":true}' + bytes(1)
      peers = []
      for number in range(250):
          peer = socket.socket(socket.AF_UNIX); peer.connect(sys.argv[1])
          try: peer.sendall((watch if sys.argv[3] == 'true' else b'') + b'{"method":"' + b'a' * 1000000)
          except (BrokenPipeError, ConnectionResetError): pass
          peers.append(peer)
      sys.exit(subprocess.run([sys.argv[2], 'list']).returncode)
      """
    let output = try await ChildProcess.run(
      "/usr/bin/python3",
      ["-c", crowd, home.folder.path("run/ritual/control.sock"), built("ritualctl"), "\(isBehind)"],
      environment: home.environment)
    #expect(output.status == 0 && output.output.contains("goodbye-kiss"), "\(output.errors)")
    // 32 MiB, twice while a buffer grows, and memory that was released but not returned yet.
    #expect(try memory(home) - before < 65_536, "KiB")
    _ = try await home.log?.next { $0.contains("hold more than 33554432 bytes") }
    try await isWell(home)
  }

  @Test("A client that writes a byte at a time is answered, and others meanwhile")
  func slowly() async throws {
    let home = try await started()
    let socket = try RawSocket(home.folder.path("run/ritual/control.sock"))
    for byte in status.dropLast() { socket.send([byte]) }
    try await isWell(home)
    socket.send([0])
    #expect(socket.read(messages: 1).first?.contains(#""state""#) == true)
  }

  @Test("Another user is refused, also where the socket is open to all")
  func stranger() async throws {
    guard getuid() == 0 else { return print("Not root: nobody to be another user, nothing was tried") }
    let home = try await started()
    for path in ["", "run", "run/ritual"] {
      chmod(path.isEmpty ? home.folder.path : home.folder.path(path), 0o755)
    }
    chmod(home.folder.path("run/ritual/control.sock"), 0o666)
    let call = #"{"method":"io.ritual.Control.Status"}"#
    let speak = """
      import os, socket, sys
      os.setgid(65534); os.setuid(65534)
      peer = socket.socket(socket.AF_UNIX); peer.connect(sys.argv[1]); peer.settimeout(60)
      try:
          peer.sendall(b'\(call)' + bytes(1)); print('heard', len(peer.recv(100)))
      except (BrokenPipeError, ConnectionResetError): print('heard 0')
      """
    let output = try await ChildProcess.run(
      "/usr/bin/python3", ["-c", speak, home.folder.path("run/ritual/control.sock")],
      environment: ["PATH": searchPath])
    #expect(output.output == "heard 0\n", "\(output.errors)")
    try await isWell(home)
  }

  private func started() async throws -> Home {
    let home = try Home()
    try home.configure(dueIn: 3600)
    try await home.start()
    return home
  }

  /// The same daemon still answers correct requests.
  private func isWell(_ home: Home) async throws {
    let output = try await home.ctl("list")
    #expect(output.status == 0 && output.output.contains("goodbye-kiss"), "\(output.errors)")
    #expect(home.daemon.map { Glibc.kill($0.pid, 0) } == 0)
  }

  /// The daemon's largest resident memory so far, in KiB (proc_pid_status(5)).
  private func memory(_ home: Home) throws -> Int {
    if isSanitized {
      print("Sanitized: the memory of the daemon is not looked at")
      return 0
    }
    let pid = try #require(home.daemon?.pid)
    let file = try #require(fopen("/proc/\(pid)/status", "r"))
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
      if text.hasPrefix("VmHWM:") { return try #require(Int(text.filter(\.isNumber))) }
    }
    throw RigError.waitedInVain("VmHWM of \(pid)")
  }

  /// A message that no client would send.
  private func frame(_ random: inout SeededGenerator) -> [UInt8] {
    let count = Int.random(in: 0..<3000, using: &random)
    var bytes: [UInt8]
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes = (0..<count).map { _ in .random(in: 0...255, using: &random) }
    case 1: bytes = [UInt8](repeating: UInt8(ascii: "["), count: count)
    case 2: bytes = [UInt8](repeating: 0, count: count)
    case 3: bytes = Array(#"{"method":"io.ritual.Control.Log","parameters":{"limit":1e\#(count)}}"#.utf8)
    case 4: bytes = Array(#"{"method":"\#(String(repeating: "é", count: count))"}"#.utf8)
    default:
      bytes = Array(#"{"method":"io.ritual.Control.Add","parameters":{"title":"x","at":"daily"}}"#.utf8)
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        bytes[bytes.indices.randomElement(using: &random) ?? 0] = .random(in: 0...255, using: &random)
      }
    }
    return bytes + (Bool.random(using: &random) ? [0] : [])
  }
}
