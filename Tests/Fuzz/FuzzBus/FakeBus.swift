import Fuzzing
import Glibc

/// A message bus and all services on it, in this process; the input decides their messages.
@MainActor
final class FakeBus {
  nonisolated static let address = "unix:path=\(path)"
  private nonisolated static let path = "/tmp/ritual-fuzz-\(getpid()).bus"

  /// The listening socket of the whole process.
  private static let listener = {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    check(bound == 0 && listen(descriptor, 8) == 0, "cannot listen at \(path): error \(errno)")
    atexit { unlink(FakeBus.path) }
    return descriptor
  }()

  var input: Cursor
  /// The methods that were called.
  private(set) var called: [String] = []
  private(set) var isClosed = false
  private var descriptor: Int32 = -1
  private var heard: [UInt8] = []
  private var hasBegun = false
  private var serial: UInt32 = 0

  init(_ input: Cursor) {
    self.input = input
    _ = Self.listener
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Accepts the connection that was made before.
  func accept() {
    descriptor = Glibc.accept(Self.listener, nil, nil)
    check(descriptor >= 0, "nobody connected: error \(errno)")
    // The answers to the client's commands before its first message: it may connect ("Authentication
    // Protocol").
    send(Array("DATA\r\nOK 0123456789abcdef0123456789abcdef\r\nAGREE_UNIX_FD\r\n".utf8))
    while !isClosed, called.isEmpty {
      _ = take(answerTo: .max)
      MainQueue.run(orUntilReadable: descriptor)
    }
  }

  /// Lets the daemon read everything, and answers its calls, until it has none left.
  func settle() {
    for _ in 0..<64 where !isClosed {
      let before = called.count
      serial += 1
      let ping = serial
      var message = Message(type: 1, serial: serial)
      message.path = "/"
      (message.interface, message.member) = ("org.freedesktop.DBus.Peer", "Ping")
      send(message.bytes)
      while !isClosed, !take(answerTo: ping) { MainQueue.run(orUntilReadable: descriptor) }
      MainQueue.run(orUntilReadable: nil)
      if called.count == before { return }
    }
  }

  /// Sends a signal made from the input. Returns the name of its sender.
  func tellSignal() -> String {
    serial += 1
    var message = Message(type: 4, serial: serial)
    message.sender = input.choose(Words.senders)
    let (path, interface, member, signature) = input.choose(Words.signals)
    (message.path, message.interface, message.member) = (path, interface, member)
    let kind = input.byte()
    if kind < 32 { message.member = input.choose(Words.members) }
    if kind.isMultiple(of: 16) { message.path = input.choose(Words.paths) }
    fill(&message, signature, kind)
    send(message.bytes)
    return message.sender
  }

  /// Reads what the daemon sent; true once it has answered the call of this serial.
  private func take(answerTo ping: UInt32) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65536)
    while !isClosed {
      let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      if count < 0, errno == EAGAIN { break }
      if count <= 0 { isClosed = true }
      heard += buffer[..<max(count, 0)]
    }
    if !hasBegun {
      let begin = Array("BEGIN\r\n".utf8)
      guard let place = heard.firstRange(of: begin) else { return false }
      heard.removeFirst(place.upperBound)
      hasBegun = true
    }
    while let message = Call(heard[...]) {
      heard.removeFirst(message.size)
      if message.answered == ping { return true }
      if message.isCall { answer(message) }
    }
    return false
  }

  private func answer(_ call: Call) {
    called.append(call.member)
    guard call.expectsReply else { return }
    serial += 1
    var message = Message(type: 2, serial: serial)
    message.answered = call.serial
    message.sender = call.destination == "org.freedesktop.DBus" ? call.destination : Words.owner
    if call.member == "Hello" {
      message.signature = "s"
      message.body.append(":1.1")
      return send(message.bytes)
    }
    let kind = input.isAtEnd ? 0 : input.byte()
    switch kind {
    case 1: return
    case 2:
      message.type = 3
      let error = input.choose(["NoReply", "ServiceUnknown", "Disconnected", "Failed"])
      message.error = "org.freedesktop.DBus.Error.\(error)"
      message.signature = "s"
      message.body.append("s", from: &input)
    case 3...127: fill(&message, Words.answer(to: call.member), kind)
    default: answerWell(&message, call)
    }
    send(message.bytes)
  }

  /// Answers as a real service would.
  private func answerWell(_ message: inout Message, _ call: Call) {
    message.signature = Words.answer(to: call.member)
    switch call.member {
    case "GetNameOwner": message.body.append(Words.owner)
    case "GetId": message.body.append("0123456789abcdef0123456789abcdef")
    case "StartServiceByName": message.body.append(UInt32(1))
    case "Notify": message.body.append(UInt32(7))
    case "GetServerInformation":
      let name = input.choose(Words.servers)
      for text in [name, "GNOME", "1.0", "1.2"] { message.body.append(text) }
    case "GetCapabilities":
      var list = Marshalled()
      for text in ["actions", "body", "body-markup", "inline-reply"] { list.append(text) }
      message.body.append(UInt32(list.bytes.count))
      message.body.append(raw: list.bytes)
    case "GetUser": message.body.append("/org/freedesktop/login1/user/_1")
    case "GetActive", "GetDnd": message.body.append(UInt32(0))
    case "Get" where call.texts.last == "Display":
      message.body.append(signature: "(so)")
      message.body.align(8)
      message.body.append("1")
      message.body.append("/org/freedesktop/login1/session/_1")
    case "Get" where call.texts.last == "version":
      message.body.append(signature: "u")
      message.body.append(UInt32(1))
    case "Get", "GetProperty":
      message.body.append(signature: "b")
      message.body.append(UInt32(input.byte() & 1))
    default: break
    }
  }

  /// Fills a message with values of the expected types, of others, or with bytes that may be no values.
  private func fill(_ message: inout Message, _ expected: String, _ kind: UInt8) {
    message.signature = kind % 8 == 5 || kind % 8 == 6 ? input.choose(Words.signatures) : expected
    if kind % 8 == 6 || kind % 8 == 7 {
      message.body.append(raw: input.take(Int(input.byte())))
    } else {
      message.body.append(message.signature[...], from: &input)
    }
  }

  private func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty, !isClosed {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        MainQueue.run(orUntilReadable: nil)
      } else {
        isClosed = true
      }
    }
  }
}

/// A message while it is written.
private struct Message {
  var type: UInt8
  let serial: UInt32
  var path = ""
  var interface = ""
  var member = ""
  var error = ""
  var answered: UInt32 = 0
  var sender = Words.owner
  var signature = ""
  var body = Marshalled()

  init(type: UInt8, serial: UInt32) { (self.type, self.serial) = (type, serial) }

  var bytes: [UInt8] {
    var fields = Marshalled()
    func append(_ code: UInt8, _ type: String, _ write: () -> Void) {
      fields.align(8)
      fields.append(code)
      fields.append(signature: type)
      write()
    }
    let texts: [(UInt8, String, String)] = [
      (1, "o", path), (2, "s", interface), (3, "s", member), (4, "s", error), (7, "s", sender),
    ]
    for (code, type, text) in texts where !text.isEmpty { append(code, type) { fields.append(text) } }
    if answered > 0 { append(5, "u") { fields.append(answered) } }
    if !signature.isEmpty { append(8, "g") { fields.append(signature: signature) } }
    // A body without types is empty.
    let body = signature.isEmpty ? [] : body.bytes
    var message = Marshalled()
    message.append(raw: [UInt8(ascii: "l"), type, 0, 1])
    for number in [UInt32(body.count), serial, UInt32(fields.bytes.count)] { message.append(number) }
    message.append(raw: fields.bytes)
    message.align(8)
    message.append(raw: body)
    return message.bytes
  }
}
