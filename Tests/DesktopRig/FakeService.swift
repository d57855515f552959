import CSystemd
import Dispatch
import Glibc

/// A service on a private bus that answers as a test sets it, and refuses all other calls as unknown. It has
/// its own small loop over libsystemd, so that it does not depend on the code under test.
package final class FakeService {
  /// A value of an answer or a signal.
  package indirect enum Value {
    case flag(Bool)
    case text(String)
    /// `u`
    case number(UInt32)
    case path(String)
    case texts([String])
    /// `(so)`
    case namedPath(String, String)
    /// The bus gets a copy of the descriptor.
    case descriptor(Int32)
    case variant(Value)
    /// `a{sv}`
    case properties([String: Value])
    /// `av`
    case variants([Value])

    var signature: String {
      switch self {
      case .flag: "b"
      case .text: "s"
      case .number: "u"
      case .path: "o"
      case .texts: "as"
      case .namedPath: "(so)"
      case .descriptor: "h"
      case .variant: "v"
      case .properties: "a{sv}"
      case .variants: "av"
      }
    }
  }

  /// A method that was called, and its arguments.
  package struct Call: Hashable, Sendable {
    package let method: String
    package let arguments: [BusValue]

    package init(method: String, arguments: [BusValue]) {
      self.method = method
      self.arguments = arguments
    }
  }

  /// Every call in order, except those for properties.
  package let calls = Mailbox<Call>("a call to the service")
  /// The answers to methods, by their names; nil refuses.
  package var methods: [String: ([BusValue]) -> [Value]?] = [:]
  /// By path, interface and name: `/a b.c d`.
  package private(set) var properties: [String: Value] = [:]

  /// The unique name of the last caller.
  package private(set) var caller: String?

  private let name: String
  private var raw: OpaquePointer?
  private var source: (any DispatchSourceRead)?

  /// Connects and takes a name.
  package init(_ name: String, on bus: PrivateBus, prepare: (FakeService) -> Void = { _ in }) throws(RigError)
  {
    self.name = name
    sd_bus_new(&raw)
    sd_bus_set_address(raw, bus.address)
    sd_bus_set_bus_client(raw, 1)
    sd_bus_negotiate_fds(raw, 1)
    try check(sd_bus_start(raw), "connect to \(bus.address)")
    try check(sd_bus_add_filter(raw, nil, Self.filter, Unmanaged.passUnretained(self).toOpaque()), "listen")
    prepare(self)
    try check(sd_bus_request_name(raw, name, 0), "take the name")
    let source = DispatchSource.makeReadSource(fileDescriptor: dup(sd_bus_get_fd(raw)), queue: .main)
    source.setEventHandler { [weak self] in self?.process() }
    source.setCancelHandler { [descriptor = Int32(source.handle)] in close(descriptor) }
    source.resume()
    self.source = source
    process()
  }

  isolated deinit {
    die()
  }

  /// Leaves the bus. Another service may take the name at once.
  package func die() {
    if source != nil { sd_bus_release_name(raw, name) }
    source?.cancel()
    source = nil
    raw = sd_bus_close_unref(raw)
  }

  /// Waits until the bus has received everything that was sent so far.
  package func synchronize() {
    process()
    // The bus answers after everything before it; the name is taken already.
    sd_bus_request_name(raw, name, 0)
  }

  /// Sets a property, nil for none, and signals the change if asked to.
  package func set(
    _ name: String, of interface: String, at path: String, to value: Value?, tells: Bool = true
  ) {
    properties["\(path) \(interface) \(name)"] = value
    guard tells, let value else { return }
    emit(
      "PropertiesChanged", of: "org.freedesktop.DBus.Properties", at: path,
      [.text(interface), .properties([name: value]), .texts([])])
  }

  /// Signals to everyone, or to one unique name: such a signal passes the bus whatever its receiver has
  /// subscribed to.
  package func emit(
    _ member: String, of interface: String, at path: String, _ values: [Value], to receiver: String? = nil
  ) {
    var signal: OpaquePointer?
    guard sd_bus_message_new_signal(raw, &signal, path, interface, member) >= 0, let signal else { return }
    for value in values { append(value, to: signal) }
    sd_bus_send_to(raw, signal, receiver, nil)
    sd_bus_message_unref(signal)
    process()
  }

  private func process() {
    while let raw, sd_bus_process(raw, nil) > 0 {}
    if let raw { sd_bus_flush(raw) }
  }

  private static let filter: sd_bus_message_handler_t = { message, userdata, _ in
    guard let message, let userdata else { return 0 }
    return Unmanaged<FakeService>.fromOpaque(userdata).takeUnretainedValue().receive(message)
  }

  private func receive(_ message: OpaquePointer) -> Int32 {
    guard sd_bus_message_is_method_call(message, nil, nil) > 0 else { return 0 }
    let method = sd_bus_message_get_member(message).map { String(cString: $0) } ?? ""
    let path = sd_bus_message_get_path(message).map { String(cString: $0) } ?? ""
    caller = sd_bus_message_get_sender(message).map { String(cString: $0) }
    let arguments = BusValue.all(in: message)
    if method == "Get", case .text(let interface)? = arguments.first, case .text(let name)? = arguments.last {
      answer(message, properties["\(path) \(interface) \(name)"].map { [.variant($0)] })
      return 1
    }
    answer(message, methods[method]?(arguments))
    calls.put(Call(method: method, arguments: arguments))
    return 1
  }

  private func answer(_ call: OpaquePointer, _ values: [Value]?) {
    guard let values else {
      var error = sd_bus_error()
      sd_bus_error_set(&error, "org.freedesktop.DBus.Error.InvalidArgs", "not known here")
      sd_bus_reply_method_error(call, &error)
      sd_bus_error_free(&error)
      return
    }
    var reply: OpaquePointer?
    guard sd_bus_message_new_method_return(call, &reply) >= 0, let reply else { return }
    for value in values { append(value, to: reply) }
    sd_bus_send(raw, reply, nil)
    sd_bus_message_unref(reply)
  }

  private func append(_ value: Value, to message: OpaquePointer) {
    switch value {
    case .flag(let flag):
      var number: Int32 = flag ? 1 : 0
      sd_bus_message_append_basic(message, Self.code("b"), &number)
    case .text(let text):
      sd_bus_message_append_basic(message, Self.code("s"), text)
    case .number(var number):
      sd_bus_message_append_basic(message, Self.code("u"), &number)
    case .variants(let values):
      inside("a", "v", of: message) { for value in values { append(.variant(value), to: message) } }
    case .path(let path):
      sd_bus_message_append_basic(message, Self.code("o"), path)
    case .texts(let texts):
      inside("a", "s", of: message) { for text in texts { append(.text(text), to: message) } }
    case .namedPath(let name, let path):
      inside("r", "so", of: message) {
        append(.text(name), to: message)
        append(.path(path), to: message)
      }
    case .descriptor(var descriptor):
      sd_bus_message_append_basic(message, Self.code("h"), &descriptor)
    case .variant(let value):
      inside("v", value.signature, of: message) { append(value, to: message) }
    case .properties(let properties):
      inside("a", "{sv}", of: message) {
        for (name, value) in properties {
          inside("e", "sv", of: message) {
            append(.text(name), to: message)
            append(.variant(value), to: message)
          }
        }
      }
    }
  }

  private func inside(
    _ code: Unicode.Scalar, _ contents: String, of message: OpaquePointer, _ write: () -> Void
  ) {
    sd_bus_message_open_container(message, Self.code(code), contents)
    write()
    sd_bus_message_close_container(message)
  }

  private static func code(_ scalar: Unicode.Scalar) -> CChar { CChar(UInt8(ascii: scalar)) }

  private func check(_ result: Int32, _ what: String) throws(RigError) {
    if result < 0 { throw .failed(what, code: -result) }
  }
}
