/// The bytes that a client sends to a bus, from the first one on. It lets through what the bus may have.
nonisolated struct ClientStream {
  /// The client sent what is no message that the filter accepts: the connection has to end.
  struct Refusal: Error, Equatable {}

  private enum State {
    /// The one byte that comes first ("Authentication Protocol").
    case greeting
    /// Lines, up to and with BEGIN.
    case authentication
    case messages
  }

  private let allowed: AllowedCalls
  private var state = State.greeting
  /// The beginning of a line or message that is not whole yet.
  private var pending: [UInt8] = []
  /// The number of messages that were held back.
  private(set) var refused = 0

  init(_ allowed: AllowedCalls) { self.allowed = allowed }

  /// Takes the next bytes, and returns those that go to the bus. Throws at the first that the bus could read
  /// in another way than this filter.
  mutating func take(_ bytes: ArraySlice<UInt8>) throws(Refusal) -> [UInt8] {
    pending += bytes
    var out: [UInt8] = []
    if case .greeting = state, let first = pending.first {
      guard first == 0 else { throw Refusal() }
      out.append(pending.removeFirst())
      state = .authentication
    }
    while case .authentication = state, let line = try nextLine() { out += line }
    if case .messages = state { try takeMessages(into: &out) }
    return out
  }

  /// In bytes, of the authentication.
  private static let longestLine = 256

  private mutating func nextLine() throws(Refusal) -> [UInt8]? {
    guard let end = pending.firstIndex(of: UInt8(ascii: "\n")) else {
      guard pending.count <= Self.longestLine else { throw Refusal() }
      return nil
    }
    let line = Array(pending[...end])
    guard line.count >= 2, line[end - 1] == UInt8(ascii: "\r") else { throw Refusal() }
    let words = String(decoding: line.dropLast(2), as: UTF8.self)
    switch words {
    case "AUTH EXTERNAL", "DATA", "NEGOTIATE_UNIX_FD": break
    case "BEGIN": state = .messages
    case let words where words.hasPrefix("AUTH EXTERNAL ") && words.dropFirst(14).allSatisfy(\.isHexDigit):
      break
    default: throw Refusal()
    }
    pending.removeFirst(line.count)
    return line
  }

  private mutating func takeMessages(into out: inout [UInt8]) throws(Refusal) {
    var start = pending.startIndex
    while pending.count - start >= MessageHead.fixedSize {
      guard let size = MessageHead.size(pending[start...]) else { throw Refusal() }
      guard pending.count - start >= size else { break }
      let message = pending[start..<start + size]
      guard let head = MessageHead(message) else { throw Refusal() }
      if allowed.allows(head, message) {
        out += message
      } else {
        refused += 1
        // No client waits for an answer to a signal.
        if head.kind == .call { out += Self.unanswerable(in: head) }
      }
      start += size
    }
    pending.removeSubrange(..<start)
  }

  /// A call that the bus itself answers with an error, in place of one that is refused. It has that one's
  /// number, so that the client gets an answer, and the filter puts nothing between the bus's own messages.
  private static func unanswerable(in head: MessageHead) -> [UInt8] {
    var message = MessageBytes(isBigEndian: head.isBigEndian)
    message.byte(head.isBigEndian ? UInt8(ascii: "B") : UInt8(ascii: "l"))
    message.byte(MessageHead.Kind.call.rawValue)
    message.byte(head.flags & 1)
    message.byte(1)
    message.number(0)
    message.number(head.serial)
    var fields = MessageBytes(isBigEndian: head.isBigEndian)
    for (code, type, text) in [
      (1, "o", "/org/freedesktop/DBus"), (2, "s", "io.ritual.Refused"), (3, "s", "Refused"),
      (6, "s", AllowedCalls.bus),
    ] as [(UInt8, Character, String)] {
      fields.align(8)
      fields.byte(code)
      fields.byte(1)
      fields.byte(type.asciiValue ?? 0)
      fields.byte(0)
      fields.text(text)
    }
    message.number(UInt32(fields.bytes.count))
    message.bytes += fields.bytes
    message.align(8)
    return message.bytes
  }
}

/// Writes the values of a D-Bus message.
nonisolated private struct MessageBytes {
  var bytes: [UInt8] = []
  let isBigEndian: Bool

  init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  mutating func align(_ size: Int) { while bytes.count % size != 0 { bytes.append(0) } }

  mutating func number(_ value: UInt32) {
    align(4)
    withUnsafeBytes(of: isBigEndian ? value.bigEndian : value.littleEndian) { bytes += $0 }
  }

  mutating func text(_ text: String) {
    number(UInt32(text.utf8.count))
    bytes += text.utf8
    byte(0)
  }
}
