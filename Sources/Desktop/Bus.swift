import CSystemd
import Dispatch
import Glibc

/// A connection to a message bus (D-Bus), driven by the main queue. No method waits: the queue delivers
/// messages and answers later, never within a call into this type.
package final class Bus {
  private let handle: BusHandle
  private var pump: BusPump?
  /// The greeting that this process says, until it is over.
  private var greeting: BusGreeting?
  /// True during a step of libsystemd, which asserts that a callback does not close the connection.
  private var isProcessing = false

  /// The bus has greeted this connection and given it a name: calls are answered from now on. Called once.
  package var onReady: (() -> Void)?
  /// The connection died by itself, not by `close`. Called once; the bus cannot be used afterwards.
  package var onDisconnect: ((BusError) -> Void)?

  private init(_ handle: consuming BusHandle) throws(BusError) {
    self.handle = handle
    try startPump()
  }

  private init(greetedAt path: String, within timeout: Duration) throws(BusError) {
    handle = try BusHandle("connect to the bus at \(path)") { sd_bus_new($0) }
    greeting = try BusGreeting(of: handle.raw, at: path, timeout: timeout) { [weak self] error in
      self?.greetingEnded(error)
    }
  }

  isolated deinit {
    close()
  }

  private func startPump() throws(BusError) {
    // A copy of its own: libsystemd may close its descriptor at any time, and a reused number must not wake
    // us.
    let descriptor = fcntl(sd_bus_get_fd(handle.raw), F_DUPFD_CLOEXEC, 0)
    guard descriptor >= 0 else { throw .failed(SystemCallError("watch the bus", code: errno)) }
    do throws(SystemCallError) {
      pump = try BusPump(descriptor) { [weak self] in self?.process() }
    } catch {
      throw .failed(error)
    }
    rearm()
  }

  private func greetingEnded(_ error: BusError?) {
    do throws(BusError) {
      if let error { throw error }
      try startPump()
      greeting = nil
    } catch {
      disconnect(error)
    }
  }

  /// The user's session bus: `DBUS_SESSION_BUS_ADDRESS`, else `$XDG_RUNTIME_DIR/bus`. Throws if nothing
  /// listens there; `onDisconnect` reports later errors.
  package static func session() throws(BusError) -> Bus {
    // The default connections belong to a thread, and the main queue may change threads.
    try Bus(BusHandle("connect to the session bus") { sd_bus_open_user($0) })
  }

  /// The system bus.
  package static func system() throws(BusError) -> Bus {
    try Bus(BusHandle("connect to the system bus") { sd_bus_open_system($0) })
  }

  /// The bus at an address of the D-Bus Specification, such as `unix:path=/run/user/1000/bus`.
  package static func at(_ address: String) throws(BusError) -> Bus {
    let operation = "connect to the bus at \(address)"
    let handle = try BusHandle(operation) { sd_bus_new($0) }
    for result in [
      sd_bus_set_address(handle.raw, address), sd_bus_set_bus_client(handle.raw, 1), sd_bus_start(handle.raw),
    ] where result < 0 {
      throw .failed(SystemCallError(operation, code: -result))
    }
    return try Bus(handle)
  }

  /// The bus whose socket has a path, greeted word by word (`BusGreeting`). Throws if nothing listens there;
  /// `onDisconnect` reports later errors, and a greeting that was not over in time.
  package static func at(socket path: String, timeout: Duration = defaultTimeout) throws(BusError) -> Bus {
    try Bus(greetedAt: path, within: timeout)
  }

  /// The bus's id: 32 hexadecimal digits, new at each start of the bus. Nil until the connection is made; a
  /// callback of the bus always finds it.
  package var id: String? {
    // Before that, libsystemd would block until the connection is made.
    guard sd_bus_is_ready(handle.raw) > 0 else { return nil }
    var id = sd_id128_t()
    guard sd_bus_get_bus_id(handle.raw, &id) >= 0 else { return nil }
    return withUnsafeBytes(of: id) { bytes in
      let digits = Array("0123456789abcdef")
      return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
  }

  /// True while the connection is being made or stands.
  package var isOpen: Bool { pump != nil || greeting != nil }

  /// Ends the connection. The kernel delivers what was sent, except megabytes that the receiver has not read
  /// yet. Pending calls get no answer, and no callback runs any more. Any callback may call this, repeatedly.
  package func close() {
    guard isOpen else { return }
    greeting = nil
    pump?.cancel()
    pump = nil
    if !isProcessing { sd_bus_close(handle.raw) }
  }

  /// The limit of libsystemd's steps (one message each) before other work on the main queue has its turn:
  /// other programs can send without end.
  private static let maximumSteps = 64

  /// Lets libsystemd read, write, time out and call back.
  private func process() {
    for _ in 0..<Self.maximumSteps where isOpen {
      isProcessing = true
      let result = sd_bus_process(handle.raw, nil)
      isProcessing = false
      // A callback closed this bus; the connection itself is still open.
      guard isOpen else { return sd_bus_close(handle.raw) }
      if result < 0 { return disconnect(Self.error(result)) }
      if let onReady, sd_bus_is_ready(handle.raw) > 0 {
        self.onReady = nil
        onReady()
      }
      if result == 0 { break }
    }
    rearm()
  }

  private func disconnect(_ error: BusError) {
    let onDisconnect = onDisconnect
    close()
    onDisconnect?(error)
  }

  private static func error(_ result: Int32) -> BusError {
    let gone = [-ECONNRESET, -ENOTCONN, -EPIPE, -ESHUTDOWN].contains(result)
    return gone ? .disconnected : .failed(SystemCallError("use the bus", code: -result))
  }

  /// Waits for the events that libsystemd waits for, or not at all if it holds messages that it has read
  /// already. Needed after its steps and after each message that is sent.
  private func rearm() {
    guard let pump else { return }
    let events = sd_bus_get_events(handle.raw)
    var deadline = UInt64.max
    let result = sd_bus_get_timeout(handle.raw, &deadline)
    // A dead connection reports it at its next step, which is due at once.
    pump.wait(
      forWriting: events >= 0 && events & Int32(POLLOUT) != 0,
      until: events < 0 || result < 0 ? 0 : deadline)
  }
}

/// Calls and signals, for the types of this room.
extension Bus {
  /// A new method call.
  func methodCall(
    _ member: String, of interface: String, at path: String, to destination: String
  ) throws(BusError) -> BusMessage {
    var raw: OpaquePointer?
    let result = sd_bus_message_new_method_call(handle.raw, &raw, destination, path, interface, member)
    guard result >= 0, let raw else { throw .failed(SystemCallError("call \(member)", code: -result)) }
    return BusMessage(owning: raw)
  }

  /// Sends a call and reads its answer. `completion` is called exactly once, later, unless the bus is closed
  /// first.
  func call<Answer>(
    _ message: borrowing BusMessage, timeout: Duration,
    read: @escaping (borrowing BusMessage) throws(BusError) -> Answer,
    completion: @escaping (Result<Answer, BusError>) -> Void
  ) throws(BusError) {
    let receiver = BusReceiver { [weak self] message in
      guard self?.isOpen == true else { return }
      if let error = message.error { return completion(.failure(error)) }
      do throws(BusError) { completion(.success(try read(message))) } catch { completion(.failure(error)) }
    }
    var slot: OpaquePointer?
    let microseconds = max(1, UInt64(timeout / .microseconds(1)))
    let result = sd_bus_call_async(
      handle.raw, &slot, message.raw, BusReceiver.receive, receiver.userdata, microseconds)
    try attach(receiver, to: slot, result, "call \(message.member ?? "a method")")
    // libsystemd owns the slot until the answer comes or the connection ends.
    if let slot {
      sd_bus_slot_set_floating(slot, 1)
      sd_bus_slot_unref(slot)
    }
    rearm()
  }

  /// Sends a message that expects no answer.
  func send(_ message: borrowing BusMessage) throws(BusError) {
    sd_bus_message_set_expect_reply(message.raw, 0)
    let result = sd_bus_send(handle.raw, message.raw, nil)
    guard result >= 0 else { throw sendError(result, "send \(message.member ?? "a message")") }
    rearm()
  }

  /// Subscribes to the messages that a match rule describes ("Match Rules", D-Bus Specification 0.43) while
  /// the caller keeps the slot. A message sent to this connection alone arrives whoever sent it, so the
  /// handler compares its sender with the name's owner.
  func match(
    _ rule: String, _ handler: @escaping (borrowing BusMessage) -> Void
  ) throws(BusError) -> BusSlot {
    let receiver = BusReceiver { [weak self] message in
      if self?.isOpen == true { handler(message) }
    }
    var slot: OpaquePointer?
    let result = sd_bus_add_match_async(
      handle.raw, &slot, rule, BusReceiver.receive, nil, receiver.userdata)
    let kept = try attach(receiver, to: slot, result, "listen for \(rule)")
    rearm()
    return BusSlot(raw: kept)
  }

  /// Keeps the receiver alive as long as the slot.
  @discardableResult
  private func attach(
    _ receiver: BusReceiver, to slot: OpaquePointer?, _ result: Int32, _ operation: @autoclosure () -> String
  ) throws(BusError) -> OpaquePointer {
    guard result >= 0, let slot else { throw sendError(result, operation()) }
    receiver.attach(to: slot)
    return slot
  }

  private func sendError(_ result: Int32, _ operation: String) -> BusError {
    [-ENOTCONN, -ECONNRESET, -EPIPE].contains(result)
      ? .disconnected : .failed(SystemCallError(operation, code: -result))
  }
}
