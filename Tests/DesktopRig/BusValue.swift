import CSystemd

/// A value of D-Bus of any type.
nonisolated package enum BusValue: Hashable, Sendable {
  case text(String)
  case number(Int64)
  case flag(Bool)
  case list([BusValue])
  case map([String: BusValue])

  /// All the values of a message.
  static func all(in message: OpaquePointer) -> [BusValue] {
    var values: [BusValue] = []
    while let value = next(in: message) { values.append(value) }
    return values
  }

  private static func next(in message: OpaquePointer) -> BusValue? {
    var code: CChar = 0
    var contents: UnsafePointer<CChar>?
    guard sd_bus_message_peek_type(message, &code, &contents) > 0 else { return nil }
    switch Character(Unicode.Scalar(UInt8(code))) {
    case "s", "o", "g":
      var text: UnsafePointer<CChar>?
      sd_bus_message_read_basic(message, code, &text)
      return .text(text.map { String(cString: $0) } ?? "")
    case "b":
      var flag: Int32 = 0
      sd_bus_message_read_basic(message, code, &flag)
      return .flag(flag != 0)
    case "i":
      var number: Int32 = 0
      sd_bus_message_read_basic(message, code, &number)
      return .number(Int64(number))
    case "y", "q", "u", "t", "n", "x":
      // Little-endian, and zero where a shorter type ends; the signed ones are not sent negative here.
      var number: Int64 = 0
      sd_bus_message_read_basic(message, code, &number)
      return .number(Int64(littleEndian: number))
    case "v":
      return inside(message, code, contents)?.first
    case "a":
      let isMap = contents?.pointee == CChar(UInt8(ascii: "{"))
      guard let values = inside(message, code, contents) else { return nil }
      return isMap ? map(values) : .list(values)
    default:
      return inside(message, code, contents).map { .list($0) }
    }
  }

  private static func inside(
    _ message: OpaquePointer, _ code: CChar, _ contents: UnsafePointer<CChar>?
  ) -> [BusValue]? {
    guard sd_bus_message_enter_container(message, code, contents) > 0 else { return nil }
    defer { sd_bus_message_exit_container(message) }
    return all(in: message)
  }

  private static func map(_ entries: [BusValue]) -> BusValue {
    var map: [String: BusValue] = [:]
    for case .list(let entry) in entries {
      if case .text(let key)? = entry.first { map[key] = entry.last }
    }
    return .map(map)
  }
}
