import CSystemd
import Dispatch
import Glibc

/// A notification server that records its calls and behaves as the test sets it. It has its own small loop
/// over libsystemd, so that it does not depend on the code under test.
package final class FakeNotificationServer {
  private static let interface = "org.freedesktop.Notifications"
  private static let path = "/org/freedesktop/Notifications"

  /// A method that was called, and its arguments.
  package struct Call: Hashable, Sendable {
    package let method: String
    package let arguments: [BusValue]
    /// The unique name of the caller.
    package let sender: String
  }

  /// Every call of `Notify` and `CloseNotification`, in their order.
  package let calls = Mailbox<Call>("a call to the notification server")
  /// The unique name on the bus.
  package private(set) var uniqueName = ""
  package let capabilities: [String]
  private let name: String
  private let version: String
  private let vendor: String
  /// If true, `Notify` is not answered.
  package var isSilent = false
  /// If set, `Notify` is answered with an error of this name.
  package var refusal: String?
  /// The text of that error; nil means all texts of the `Notify` call.
  package var refusalText: String? = "as the test wants it"
  /// The unique name of the last caller.
  package private(set) var caller: String?
  /// If true, it answers no call until `speak`, and `calls` records every call.
  package var isMute: Bool
  /// The number of calls to come that it does not know: a program that has its name before its objects are on
  /// the bus.
  package var unknownCalls = 0
  /// The calls that came while it was mute.
  private var unanswered: [OpaquePointer] = []
  private var raw: OpaquePointer?
  private var source: (any DispatchSourceRead)?
  private var lastNumber: UInt32 = 0

  /// Connects, and takes the service's name unless told otherwise.
  package init(
    on bus: PrivateBus,
    capabilities: [String] = ["actions", "body", "body-markup", "persistence", "sound"],
    name: String = "fake", vendor: String = "nobody", version: String = "1.0",
    takesName: Bool = true, isMute: Bool = false
  ) throws(RigError) {
    self.name = name
    self.vendor = vendor
    self.version = version
    self.capabilities = capabilities
    self.isMute = isMute
    sd_bus_new(&raw)
    sd_bus_set_address(raw, bus.address)
    sd_bus_set_bus_client(raw, 1)
    try check(sd_bus_start(raw), "connect to \(bus.address)")
    try check(sd_bus_add_filter(raw, nil, Self.filter, Unmanaged.passUnretained(self).toOpaque()), "listen")
    var unique: UnsafePointer<CChar>?
    try check(sd_bus_get_unique_name(raw, &unique), "learn my name")
    uniqueName = unique.map { String(cString: $0) } ?? ""
    if takesName { try takeName() }
    let source = DispatchSource.makeReadSource(
      fileDescriptor: dup(sd_bus_get_fd(raw)), queue: .main)
    source.setEventHandler { [weak self] in self?.process() }
    source.setCancelHandler { [descriptor = Int32(source.handle)] in close(descriptor) }
    source.resume()
    self.source = source
    process()
  }

  isolated deinit {
    die()
  }

  /// Takes the service's name, also from another server.
  package func takeName() throws(RigError) {
    let flags = UInt64(SD_BUS_NAME_ALLOW_REPLACEMENT | SD_BUS_NAME_REPLACE_EXISTING)
    try check(sd_bus_request_name(raw, Self.interface, flags), "take the name")
    process()
  }

  /// Answers the calls that came while it was mute, and ends that.
  package func speak() {
    isMute = false
    for message in unanswered {
      sd_bus_message_rewind(message, 1)
      _ = answer(message)
      sd_bus_message_unref(message)
    }
    unanswered = []
    process()
  }

  /// Leaves the bus.
  package func die() {
    guard let source else { return }
    for message in unanswered { sd_bus_message_unref(message) }
    unanswered = []
    source.cancel()
    self.source = nil
    raw = sd_bus_close_unref(raw)
  }

  /// Waits until the bus has received everything that was sent so far.
  package func synchronize() throws(RigError) {
    process()
    // The bus answers this question after everything before it.
    var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    try check(sd_bus_list_names(raw, &names, nil), "ask the bus")
    var index = 0
    while let name = names?[index] {
      free(name)
      index += 1
    }
    free(names)
  }

  /// Signals that something was pressed; to everyone, or to one unique name.
  package func emitAction(_ number: UInt32, _ key: String, to receiver: String? = nil) {
    emit("ActionInvoked", to: receiver) { message in
      append(number, to: message)
      append(key, to: message)
    }
  }

  /// Signals the token with which a window may come to the front after the next press.
  package func emitActivationToken(_ number: UInt32, _ token: String) {
    emit("ActivationToken") { message in
      append(number, to: message)
      append(token, to: message)
    }
  }

  /// Signals that an answer was typed into a notification.
  package func emitReply(_ number: UInt32, _ text: String) {
    emit("NotificationReplied") { message in
      append(number, to: message)
      append(text, to: message)
    }
  }

  /// Signals that a notification left the screen.
  package func emitClosed(_ number: UInt32, reason: UInt32) {
    emit("NotificationClosed") { message in
      append(number, to: message)
      append(reason, to: message)
    }
  }

  /// Sends a signal without its arguments.
  package func emitNonsense(_ signal: String) {
    emit(signal) { append("nonsense", to: $0) }
  }

  private func process() {
    while let raw, sd_bus_process(raw, nil) > 0 {}
    if let raw { sd_bus_flush(raw) }
  }

  private static let filter: sd_bus_message_handler_t = { message, userdata, _ in
    guard let message, let userdata else { return 0 }
    return Unmanaged<FakeNotificationServer>.fromOpaque(userdata).takeUnretainedValue().receive(message)
  }

  private func receive(_ message: OpaquePointer) -> Int32 {
    guard sd_bus_message_is_method_call(message, Self.interface, nil) > 0 else { return 0 }
    let method = sd_bus_message_get_member(message).map { String(cString: $0) } ?? ""
    caller = sd_bus_message_get_sender(message).map { String(cString: $0) }
    let call = Call(method: method, arguments: BusValue.all(in: message), sender: caller ?? "")
    guard !isMute else {
      calls.put(call)
      if let kept = sd_bus_message_ref(message) { unanswered.append(kept) }
      return 1
    }
    guard unknownCalls == 0 else {
      unknownCalls -= 1
      return 0
    }
    sd_bus_message_rewind(message, 1)
    let isKnown = answer(message)
    if isKnown, !method.hasPrefix("Get") { calls.put(call) }
    return isKnown ? 1 : 0
  }

  /// Answers a call; false if it does not know the method.
  private func answer(_ message: OpaquePointer) -> Bool {
    switch sd_bus_message_get_member(message).map({ String(cString: $0) }) {
    case "GetServerInformation":
      reply(to: message) { reply in
        for text in [name, vendor, version, "1.2"] { append(text, to: reply) }
      }
    case "GetCapabilities":
      reply(to: message) { reply in
        sd_bus_message_open_container(reply, CChar(UInt8(ascii: "a")), "s")
        for capability in capabilities { append(capability, to: reply) }
        sd_bus_message_close_container(reply)
      }
    case "Notify":
      notify(message)
    case "CloseNotification":
      if sd_bus_message_get_expect_reply(message) > 0 { reply(to: message) { _ in } }
    default:
      return false
    }
    return true
  }

  private func notify(_ message: OpaquePointer) {
    let arguments = BusValue.all(in: message)
    if let refusal {
      var error = sd_bus_error()
      let texts = arguments.compactMap { if case .text(let text) = $0 { text } else { nil } }
      sd_bus_error_set(&error, refusal, refusalText ?? texts.joined(separator: " "))
      sd_bus_reply_method_error(message, &error)
      sd_bus_error_free(&error)
    } else if !isSilent {
      reply(to: message) { append(number(for: arguments), to: $0) }
    }
  }

  private func number(for arguments: [BusValue]) -> UInt32 {
    if arguments.count > 1, case .number(let replaced) = arguments[1], replaced != 0 {
      return UInt32(replaced)
    }
    lastNumber += 1
    return lastNumber
  }

  private func reply(to call: OpaquePointer, _ write: (OpaquePointer) -> Void) {
    var reply: OpaquePointer?
    guard sd_bus_message_new_method_return(call, &reply) >= 0, let reply else { return }
    write(reply)
    sd_bus_send(raw, reply, nil)
    sd_bus_message_unref(reply)
  }

  private func emit(_ member: String, to receiver: String? = nil, _ write: (OpaquePointer) -> Void) {
    var signal: OpaquePointer?
    guard sd_bus_message_new_signal(raw, &signal, Self.path, Self.interface, member) >= 0, let signal else {
      return
    }
    write(signal)
    sd_bus_send_to(raw, signal, receiver, nil)
    sd_bus_message_unref(signal)
    process()
  }

  private func append(_ text: String, to message: OpaquePointer) {
    _ = text.withCString { sd_bus_message_append_basic(message, CChar(UInt8(ascii: "s")), $0) }
  }

  private func append(_ number: UInt32, to message: OpaquePointer) {
    _ = withUnsafePointer(to: number) { sd_bus_message_append_basic(message, CChar(UInt8(ascii: "u")), $0) }
  }

  private func check(_ result: Int32, _ what: String) throws(RigError) {
    if result < 0 { throw .failed(what, code: -result) }
  }
}
