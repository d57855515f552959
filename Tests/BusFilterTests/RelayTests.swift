import CLinux
import Descriptors
import DesktopRig
import Dispatch
import Glibc
import Testing

@testable import BusFilter

/// A relay between a client and a bus that are both this test.
@Suite("A relay between a client and a bus")
struct RelayTests {
  /// Two connected sockets; the first one is the relay's.
  private static func pair() throws -> (relays: Int32, own: Int32) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw RigError.failed("make a pair of sockets", code: errno)
    }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    return (ends[0], ends[1])
  }

  /// Reads a message of a known size, as a client does, beside the main queue. Returns how many descriptors
  /// came.
  nonisolated private static func receive(_ size: Int, on socket: Int32) async -> (bytes: [UInt8], files: Int)
  {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        var all: [UInt8] = []
        var files = 0
        var buffer = [UInt8](repeating: 0, count: size)
        while all.count < size {
          var taken = [Int32](repeating: -1, count: 8)
          var number = Int32(taken.count)
          let count = ritual_receive(socket, &buffer, size - all.count, &taken, &number)
          for file in taken[..<Int(max(0, number))] { close(file) }
          files += Int(max(0, number))
          guard count > 0 else { break }
          all += buffer[..<count]
        }
        continuation.resume(returning: (all, files))
      }
    }
  }

  @Test(
    "A descriptor goes to the client with its own message, whatever waits before it",
    arguments: [false, true])
  func descriptors(isBigEndian: Bool) async throws {
    let client = try Self.pair()
    let bus = try Self.pair()
    defer {
      close(client.own)
      close(bus.own)
    }
    let line = Array("OK 0123\r\nAGREE_UNIX_FD\r\n".utf8)
    var signal = TestCall(":1.1", "a.b", "Changed", ["a", String(repeating: "long ", count: 9000)])
    signal.isBigEndian = isBigEndian
    var reply = TestCall(":1.1", "a.b", "Reply")
    reply.isBigEndian = isBigEndian
    // All of the bytes are there before the relay reads.
    let first = line + signal.bytes
    #expect(ritual_send(bus.own, first, first.count, nil, 0) == first.count)
    #expect(ritual_send(bus.own, reply.bytes, reply.bytes.count, [STDIN_FILENO], 1) == reply.bytes.count)
    let relay = try Relay(
      client: Descriptor(owning: client.relays), bus: Descriptor(owning: bus.relays), .session)
    for (bytes, files) in [(line, 0), (signal.bytes, 0), (reply.bytes, 1)] {
      let received = await Self.receive(bytes.count, on: client.own)
      #expect(received.bytes == bytes)
      #expect(received.files == files)
    }
    shutdown(bus.own, Int32(SHUT_RDWR))
    #expect(await Self.receive(1, on: client.own).bytes.isEmpty)
    withExtendedLifetime(relay) {}
  }
}
