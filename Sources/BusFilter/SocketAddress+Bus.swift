package import Descriptors

nonisolated extension SocketAddress {
  /// The Unix sockets in a list of addresses of a bus ("Server Addresses", D-Bus Specification 0.43), in its
  /// order, such as `unix:path=/run/user/1000/bus,guid=…;unix:abstract=…`.
  package static func all(inBusAddresses addresses: String) -> [SocketAddress] {
    addresses.split(separator: ";").compactMap { address in
      guard address.hasPrefix("unix:") else { return nil }
      for pair in address.dropFirst(5).split(separator: ",") {
        if pair.hasPrefix("path="), let path = unescape(pair.dropFirst(5)) {
          return SocketAddress(name: path)
        }
        if pair.hasPrefix("abstract="), let name = unescape(pair.dropFirst(9)) {
          return SocketAddress(name: [0] + name)
        }
      }
      return nil
    }
  }

  /// The bytes of a value, in which `%` and two digits stand for a byte; nil where it is no such value, and
  /// where it is empty.
  private static func unescape(_ text: Substring) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let first = rest.popFirst() {
      guard first == UInt8(ascii: "%") else {
        bytes.append(first)
        continue
      }
      guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    return bytes.isEmpty || bytes.contains(0) ? nil : bytes
  }

  /// The value of a hexadecimal digit.
  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
