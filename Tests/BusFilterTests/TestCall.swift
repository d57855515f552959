@testable import BusFilter

/// A method call as bytes, with texts in its body.
nonisolated struct TestCall: Sendable {
  let destination: String?
  let interface: String?
  let member: String?
  let path: String
  let arguments: [String]
  var isBigEndian = false
  var kind: UInt8 = 1
  var flags: UInt8 = 0
  var serial: UInt32 = 7
  /// One more field: its code, its type and its text.
  var extra: (code: UInt8, type: String, text: String)?

  init(
    _ destination: String?, _ interface: String?, _ member: String?, _ arguments: [String] = [],
    at path: String = "/", flags: UInt8 = 0
  ) {
    self.destination = destination
    self.interface = interface
    self.member = member
    self.arguments = arguments
    self.path = path
    self.flags = flags
  }

  var bytes: [UInt8] {
    var body: [UInt8] = []
    for argument in arguments { put(argument, in: &body) }
    var fields: [UInt8] = []
    let texts: [(UInt8, String, String?)] = [
      (1, "o", path), (2, "s", interface), (3, "s", member), (6, "s", destination),
      (8, "g", arguments.isEmpty ? nil : String(repeating: "s", count: arguments.count)),
      (extra?.code ?? 0, extra?.type ?? "", extra?.text),
    ]
    for case (let code, let type, let text?) in texts {
      align(&fields)
      fields += [code, 1] + type.utf8 + [0]
      if type == "g" { fields += [UInt8(text.utf8.count)] + text.utf8 + [0] } else { put(text, in: &fields) }
    }
    var bytes: [UInt8] = [UInt8(ascii: isBigEndian ? "B" : "l"), kind, flags, 1]
    for value in [UInt32(body.count), serial, UInt32(fields.count)] { bytes += number(value) }
    bytes += fields
    align(&bytes)
    return bytes + body
  }

  private func number(_ value: UInt32) -> [UInt8] {
    withUnsafeBytes(of: isBigEndian ? value.bigEndian : value.littleEndian) { Array($0) }
  }

  private func put(_ text: String, in bytes: inout [UInt8]) {
    while bytes.count % 4 != 0 { bytes.append(0) }
    bytes += number(UInt32(text.utf8.count)) + Array(text.utf8) + [0]
  }

  private func align(_ bytes: inout [UInt8]) { while bytes.count % 8 != 0 { bytes.append(0) } }
}
