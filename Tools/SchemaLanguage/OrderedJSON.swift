/// A JSON value whose members keep their order, for files that people read and compare.
indirect enum OrderedJSON {
  case object([(name: String, value: OrderedJSON)])
  case array([OrderedJSON])
  case string(String)
  case integer(Int)
  case boolean(Bool)

  /// Its text, indented by two spaces a level; a list of plain values is on one line.
  func text(indentation: String = "") -> String {
    let inner = indentation + "  "
    switch self {
    case .object(let members):
      let lines = members.map { "\(inner)\(Self.quoted($0.name)): \($0.value.text(indentation: inner))" }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indentation)}"
    case .array(let elements):
      if elements.allSatisfy(\.isPlain) { return "[\(elements.map { $0.text() }.joined(separator: ", "))]" }
      let lines = elements.map { inner + $0.text(indentation: inner) }
      return "[\n\(lines.joined(separator: ",\n"))\n\(indentation)]"
    case .string(let text): return Self.quoted(text)
    case .integer(let number): return String(number)
    case .boolean(let value): return value ? "true" : "false"
    }
  }

  private var isPlain: Bool {
    switch self {
    case .object, .array: false
    case .string, .integer, .boolean: true
    }
  }

  /// A string of JSON. The schemas have no control characters, so that only these two need an escape.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { quoted += "\\" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
