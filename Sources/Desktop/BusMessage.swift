import CSystemd
import Glibc
import Texts

/// Owns a reference to one message, which is written or read from beginning to end.
struct BusMessage: ~Copyable {
  let raw: OpaquePointer

  init(owning raw: OpaquePointer) {
    self.raw = raw
  }

  /// Shares a message that libsystemd lent to a callback.
  init(sharing raw: OpaquePointer) {
    self.raw = sd_bus_message_ref(raw)
  }

  deinit {
    sd_bus_message_unref(raw)
  }

  /// The unique name of the sender, which the bus vouches for.
  var sender: String? { sd_bus_message_get_sender(raw).map { String(cString: $0) } }

  /// The name of the method or signal.
  var member: String? { sd_bus_message_get_member(raw).map { String(cString: $0) } }

  /// The path of the object that sent a signal or receives a call.
  var path: String? { sd_bus_message_get_path(raw).map { BusText.read($0) } }

  /// The error of an error message; nil for other messages.
  var error: BusError? {
    guard let error = sd_bus_message_get_error(raw) else { return nil }
    return BusError(
      name: error.pointee.name.map { String(cString: $0) } ?? "",
      message: error.pointee.message.map { BusText.read($0) } ?? "")
  }
}

extension BusMessage {
  /// Forbids the bus to start a service for this call.
  func forbidServiceStart() {
    sd_bus_message_set_auto_start(raw, 0)
  }
}

/// Writing. Types are D-Bus signatures ("Type System", D-Bus Specification 0.43).
extension BusMessage {
  /// `s`. The text must hold no NUL: the rest after it would be lost.
  func append(_ text: String) throws(BusError) {
    try checkWrite(text.withCString { sd_bus_message_append_basic(raw, BusType.string, $0) })
  }

  /// `u`
  func append(_ number: UInt32) throws(BusError) {
    try checkWrite(withUnsafePointer(to: number) { sd_bus_message_append_basic(raw, BusType.uint32, $0) })
  }

  /// `i`
  func append(_ number: Int32) throws(BusError) {
    try checkWrite(withUnsafePointer(to: number) { sd_bus_message_append_basic(raw, BusType.int32, $0) })
  }

  /// `y`
  func append(_ byte: UInt8) throws(BusError) {
    try checkWrite(withUnsafePointer(to: byte) { sd_bus_message_append_basic(raw, BusType.byte, $0) })
  }

  /// `b`, which libsystemd takes as a C int.
  func append(_ flag: Bool) throws(BusError) {
    let number: Int32 = flag ? 1 : 0
    try checkWrite(withUnsafePointer(to: number) { sd_bus_message_append_basic(raw, BusType.boolean, $0) })
  }

  /// An array, structure, dictionary entry or variant around what `content` appends.
  func append(
    _ container: CChar, of signature: String, _ content: () throws(BusError) -> Void
  ) throws(BusError) {
    try checkWrite(sd_bus_message_open_container(raw, container, signature))
    try content()
    try checkWrite(sd_bus_message_close_container(raw))
  }

  /// `as`
  func append(_ texts: [String]) throws(BusError) {
    try append(BusType.array, of: "s") { () throws(BusError) in
      for text in texts { try append(text) }
    }
  }

  private func checkWrite(_ result: Int32) throws(BusError) {
    do { try SystemCallError.check(result, "write a bus message") } catch { throw .failed(error) }
  }
}

/// Reading, in the order of the signature.
extension BusMessage {
  /// `s`, at most `TextBound.bytes` bytes of it.
  func readString() throws(BusError) -> String {
    var text: UnsafePointer<CChar>?
    try read(sd_bus_message_read_basic(raw, BusType.string, &text), "a text")
    guard let text else { throw unreadable("a text") }
    return BusText.read(text)
  }

  /// `u`
  func readUInt32() throws(BusError) -> UInt32 {
    var number: UInt32 = 0
    try read(sd_bus_message_read_basic(raw, BusType.uint32, &number), "a number")
    return number
  }

  /// `b`
  func readBool() throws(BusError) -> Bool {
    var flag: Int32 = 0
    try read(sd_bus_message_read_basic(raw, BusType.boolean, &flag), "a truth value")
    return flag != 0
  }

  /// `o`
  func readPath() throws(BusError) -> String {
    var path: UnsafePointer<CChar>?
    try read(sd_bus_message_read_basic(raw, BusType.path, &path), "a path")
    // A cut path would name another object.
    guard let path, strnlen(path, TextBound.bytes + 1) <= TextBound.bytes else { throw unreadable("a path") }
    return String(cString: path)
  }

  /// The value in a `v`; `content` throws if it has another type than it reads.
  func readVariant<Value>(
    _ content: (borrowing BusMessage) throws(BusError) -> Value
  ) throws(BusError) -> Value {
    var code: CChar = 0
    var signature: UnsafePointer<CChar>?
    try read(sd_bus_message_peek_type(raw, &code, &signature), "a variant")
    guard code == BusType.variant else { throw unreadable("a variant") }
    try read(sd_bus_message_enter_container(raw, code, signature), "a variant")
    let value = try content(self)
    _ = sd_bus_message_exit_container(raw)
    return value
  }

  /// The last member of a structure `(so)`.
  func readNamedPath() throws(BusError) -> String {
    try read(sd_bus_message_enter_container(raw, BusType.structure, "so"), "a name and a path")
    _ = try readString()
    let path = try readPath()
    _ = sd_bus_message_exit_container(raw)
    return path
  }

  /// `as`, at most `BusText.maximumCount` texts and `BusText.maximumBytes` bytes of them together.
  func readStrings() throws(BusError) -> [String] {
    var texts: [String] = []
    var bytes = 0
    try read(sd_bus_message_enter_container(raw, BusType.array, "s"), "a list of texts")
    while sd_bus_message_at_end(raw, 0) == 0 {
      guard texts.count < BusText.maximumCount else {
        throw unreadable("fewer than \(BusText.maximumCount) texts")
      }
      let text = try readString()
      bytes += text.utf8.count
      guard bytes <= BusText.maximumBytes else {
        throw unreadable("a list of texts of at most \(BusText.maximumBytes) bytes")
      }
      texts.append(text)
    }
    _ = sd_bus_message_exit_container(raw)
    return texts
  }

  /// libsystemd returns 0 at the end of the message and -ENXIO if another type follows.
  private func read(_ result: Int32, _ expected: String) throws(BusError) {
    guard result > 0 else { throw unreadable(expected) }
  }

  private func unreadable(_ expected: String) -> BusError {
    let signature = sd_bus_message_get_signature(raw, 1).map { String(cString: $0) } ?? ""
    return .malformed(
      "\(member ?? "a reply") of signature \"\(signature)\" has no \(expected) where one belongs")
  }
}

/// Type codes for libsystemd.
nonisolated enum BusType {
  static let string = CChar(UInt8(ascii: "s"))
  static let uint32 = CChar(UInt8(ascii: "u"))
  static let int32 = CChar(UInt8(ascii: "i"))
  static let byte = CChar(UInt8(ascii: "y"))
  static let boolean = CChar(UInt8(ascii: "b"))
  static let array = CChar(UInt8(ascii: "a"))
  static let variant = CChar(UInt8(ascii: "v"))
  static let path = CChar(UInt8(ascii: "o"))
  static let structure = CChar(UInt8(ascii: "r"))
  static let entry = CChar(UInt8(ascii: "e"))
}
