/// The names of the interface's methods and errors on the wire.
package enum Method {
  package static let interface = "io.ritual.Control"

  /// The full name of a method or an error.
  package static func name(_ method: String) -> String { interface + "." + method }
}
