/// The contents of a `.varlink` file (varlink.org, "Interface Definition").
package struct InterfaceDescription: Hashable, Sendable {
  /// The interface's name, such as `io.ritual.Control`.
  package var name: String
  /// The file's text, as `GetInterfaceDescription` returns it.
  package var text: String

  /// The names of its methods.
  package var methods: Set<String>

  /// Reads the text of a `.varlink` file.
  package init(parsing text: String) throws(InterfaceSyntaxError) {
    self.text = text
    let line = text.split(separator: "\n").first { $0.hasPrefix("interface ") }
    guard let line else { throw InterfaceSyntaxError(line: 1, message: "no 'interface'") }
    name = String(line.dropFirst("interface ".count))
    methods = Set(
      text.split(separator: "\n").filter { $0.hasPrefix("method ") }.compactMap {
        $0.dropFirst("method ".count).split(separator: "(").first.map(String.init)
      })
  }
}

/// A mistake in a `.varlink` file: its place and the expected text.
package struct InterfaceSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  /// From 1.
  package var line: Int
  package var message: String

  package var description: String { "line \(line): \(message)" }
}
