/// Questions to services that are running. They start no service.
extension Bus {
  /// The usual time limit of an answer.
  package static let defaultTimeout = Duration.seconds(25)

  /// Calls a method and reads its answer.
  func ask<Answer>(
    _ member: String, of interface: String, at path: String, to destination: String,
    timeout: Duration = defaultTimeout, _ write: (borrowing BusMessage) throws(BusError) -> Void = { _ in },
    read: @escaping (borrowing BusMessage) throws(BusError) -> Answer,
    completion: @escaping (Result<Answer, BusError>) -> Void
  ) throws(BusError) {
    let call = try methodCall(member, of: interface, at: path, to: destination)
    call.forbidServiceStart()
    try write(call)
    try self.call(call, timeout: timeout, read: read, completion: completion)
  }

  /// Reads a property (`org.freedesktop.DBus.Properties`).
  func property<Value>(
    _ name: String, of interface: String, at path: String, from destination: String,
    read: @escaping (borrowing BusMessage) throws(BusError) -> Value,
    completion: @escaping (Result<Value, BusError>) -> Void
  ) throws(BusError) {
    try ask(
      "Get", of: "org.freedesktop.DBus.Properties", at: path, to: destination,
      { message throws(BusError) in
        try message.append(interface)
        try message.append(name)
      },
      read: { message throws(BusError) in try message.readVariant(read) }, completion: completion)
  }
}
