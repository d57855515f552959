import Testing

@testable import BusFilter

/// A client's bytes, in pieces of any size.
@Suite("Bytes from a client to a bus")
struct ClientStreamTests {
  nonisolated private static let notify = TestCall(
    ":1.5", "org.freedesktop.Notifications", "Notify", ["Ritual"], at: "/org/freedesktop/Notifications")
  nonisolated private static let escape = TestCall(
    "org.freedesktop.systemd1", "org.freedesktop.systemd1.Manager", "StartTransientUnit",
    ["x.service", "fail"])
  /// The first bytes of sd-bus.
  nonisolated private static let begin = Array(
    "\0AUTH EXTERNAL\r\nDATA\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\n".utf8)

  /// The bytes that go on to the bus, of bytes that come in pieces of a size.
  private func through(_ bytes: [UInt8], pieces size: Int = .max) throws -> [UInt8] {
    var stream = ClientStream(.session)
    var out: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      out += try stream.take(rest.prefix(size))
      rest = rest.dropFirst(size)
    }
    return out
  }

  @Test("Allowed messages go through as they are, in pieces of any size", arguments: [1, 3, 16, 17, 1000])
  func pieces(_ size: Int) throws {
    let bytes = Self.begin + Self.notify.bytes + Self.notify.bytes
    #expect(try through(bytes, pieces: size) == bytes)
  }

  @Test(
    "A call that is refused becomes one that only the bus answers, with its number", arguments: [false, true])
  func refused(_ isBigEndian: Bool) throws {
    var escape = Self.escape
    escape.isBigEndian = isBigEndian
    let out = try through(Self.begin + escape.bytes + Self.notify.bytes)
    let rest = out.dropFirst(Self.begin.count)
    let size = try #require(MessageHead.size(rest))
    let head = try #require(MessageHead(rest.prefix(size)))
    #expect(head.destination == AllowedCalls.bus)
    #expect(head.interface == "io.ritual.Refused")
    #expect(head.serial == 7)
    #expect(head.signature == "")
    #expect(Array(rest.dropFirst(size)) == Self.notify.bytes)
    #expect(!out.contains(UInt8(ascii: "T")) || !String(decoding: out, as: UTF8.self).contains("Transient"))
  }

  @Test("A client's signal is dropped, and its answer goes through")
  func kinds() throws {
    var signal = Self.notify
    signal.kind = 4
    #expect(try through(Self.begin + signal.bytes) == Self.begin)
    var answer = TestCall(":1.9", nil, nil)
    answer.kind = 2
    #expect(try through(Self.begin + answer.bytes) == Self.begin + answer.bytes)
  }

  nonisolated static let hostile: [(what: String, bytes: [UInt8])] = [
    ("no greeting", Array("AUTH EXTERNAL\r\n".utf8)),
    ("another way in", Array("\0AUTH ANONYMOUS\r\n".utf8)),
    ("a line that ends early", Array("\0AUTH EXTERNAL\nBEGIN\r\n".utf8)),
    ("a line within a line", Array("\0AUTH EXTERNAL x\rBEGIN\r\n".utf8)),
    ("a line without an end", Array("\0".utf8) + [UInt8](repeating: 65, count: 300)),
    ("no message", begin + [UInt8](repeating: 0xff, count: 32)),
    ("another version", begin + change(notify.bytes, at: 3, to: 2)),
    ("another kind", begin + change(notify.bytes, at: 1, to: 9)),
    ("fields that are longer than the message", begin + change(notify.bytes, at: 12, to: 0xff)),
    ("padding that is not empty", begin + change(notify.bytes, at: notify.bytes.count - 12, to: 1)),
    (
      "a message of gigabytes",
      begin + [UInt8(ascii: "l"), 1, 0, 1, 0xff, 0xff, 0xff, 0x7f] + notify.bytes.dropFirst(8)
    ),
    ("a field twice", begin + with((6, "s", "org.freedesktop.systemd1"))),
    ("a sender of its own", begin + with((7, "s", ":1.1"))),
    ("a field that nobody knows", begin + with((10, "s", "x"))),
    ("a field of another type", begin + with((4, "o", "/x"))),
    ("number 0", begin + TestCall.numbered(0).bytes),
  ]

  nonisolated private static func with(_ extra: (UInt8, String, String)) -> [UInt8] {
    var call = notify
    call.extra = extra
    return call.bytes
  }

  nonisolated private static func change(_ bytes: [UInt8], at index: Int, to value: UInt8) -> [UInt8] {
    var bytes = bytes
    bytes[index] = value
    return bytes
  }

  @Test("Bytes that a bus could read in another way end the connection", arguments: hostile)
  func hostile(_ row: (what: String, bytes: [UInt8])) {
    #expect(throws: ClientStream.Refusal.self) { try through(row.bytes + [UInt8](repeating: 0, count: 8192)) }
  }

  @Test("Bytes that are no message at all end nothing but the connection")
  func noise() {
    for seed in 0..<2000 as Range<UInt64> {
      var random = Noise(state: seed)
      var bytes = Self.begin + Self.notify.bytes + Self.escape.bytes
      for _ in 0..<8 {
        let index = Int(random.next() % UInt64(bytes.count))
        bytes[index] = UInt8(truncatingIfNeeded: random.next())
      }
      let out = try? through(bytes, pieces: Int(random.next() % 40) + 1)
      #expect(out.map { !String(decoding: $0, as: UTF8.self).contains("StartTransientUnit\0") } ?? true)
    }
  }
}

nonisolated extension TestCall {
  static func numbered(_ serial: UInt32) -> TestCall {
    var call = TestCall(":1.5", "org.freedesktop.Notifications", "Notify")
    call.serial = serial
    return call
  }
}

/// SplitMix64: the same numbers at each run.
nonisolated private struct Noise: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
