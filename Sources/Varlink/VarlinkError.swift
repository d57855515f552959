/// An error of an interface: a type with the error's parameters as its stored properties.
///
/// A handler throws it or passes it to `Call.fail`; a client gets it back by `RemoteError.decoded(as:)`.
package protocol VarlinkError: Error, Codable, Sendable {
  /// The full name, `io.ritual.Control.NoSuchRitual`.
  static var name: String { get }
}

/// An error reply of a service.
package struct RemoteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The full name, `io.ritual.Control.NoSuchRitual`.
  package var name: String
  /// The error's parameters: an object.
  package var parameters: JSONValue

  package init(name: String, parameters: JSONValue) {
    self.name = name
    self.parameters = parameters
  }

  /// The error as its type; nil if its name is another one or its parameters do not fit.
  package func decoded<E: VarlinkError>(as type: E.Type) -> E? {
    guard name == E.name, let bytes = try? Wire.encode(parameters) else { return nil }
    return try? Wire.decode(E.self, from: Array(bytes.dropLast()))
  }

  package var description: String {
    guard let bytes = try? Wire.encode(parameters) else { return name }
    return "\(name) \(String(decoding: bytes.dropLast(), as: UTF8.self))"
  }
}
