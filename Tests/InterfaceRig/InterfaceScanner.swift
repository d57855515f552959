/// Cuts an interface file into words and signs, and reads types from them.
struct InterfaceScanner {
  private let tokens: [(text: String, line: Int)]
  private var position = 0

  init(_ text: String) {
    var tokens: [(String, Int)] = []
    for (line, whole) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      var word = ""
      let code = whole.prefix { $0 != "#" }
      for character in code + " " {
        if character.isLetter || character.isNumber || "_.->".contains(character) {
          word.append(character)
          continue
        }
        if !word.isEmpty { tokens.append((word, line + 1)) }
        word = ""
        if !character.isWhitespace { tokens.append((String(character), line + 1)) }
      }
    }
    self.tokens = tokens
  }

  mutating func next() -> String? {
    guard position < tokens.count else { return nil }
    position += 1
    return tokens[position - 1].text
  }

  func error(_ message: String) -> DefinitionError {
    DefinitionError(line: tokens[..<min(position, tokens.count)].last?.line ?? 1, message: message)
  }

  mutating func expect(_ text: String) throws(DefinitionError) {
    let found = next()
    guard found == text else { throw error("'\(found ?? "the end")' where '\(text)' was expected") }
  }

  mutating func word(_ what: String) throws(DefinitionError) -> String {
    guard let found = next(), found.first?.isLetter == true else { throw error("\(what) was expected") }
    return found
  }

  /// `(name: type, …)`, also with nothing in it.
  mutating func fields() throws(DefinitionError) -> [Field] {
    switch try shape() {
    case .structure(let fields): return fields
    default: throw error("fields in parentheses were expected")
    }
  }

  mutating func shape() throws(DefinitionError) -> Shape {
    switch next() {
    case "?": return .optional(try shape())
    case "[":
      let isMap = peek == "string"
      if isMap { position += 1 }
      try expect("]")
      return isMap ? .map(try shape()) : .array(try shape())
    case "(": return try parenthesis()
    case "bool": return .boolean
    case "int": return .integer
    case "float": return .number
    case "string": return .string
    case "object": return .object
    case let name? where name.first?.isUppercase == true: return .named(name)
    case let other: throw error("'\(other ?? "the end")' is no type")
    }
  }

  private var peek: String? { position < tokens.count ? tokens[position].text : nil }

  /// Fields, or the words of a choice.
  private mutating func parenthesis() throws(DefinitionError) -> Shape {
    var fields: [Field] = []
    var words: [String] = []
    while peek != ")" {
      let name = try word("a field's name")
      if peek == ":" {
        position += 1
        fields.append(Field(name: name, shape: try shape()))
      } else {
        words.append(name)
      }
      guard peek == "," else { break }
      position += 1
    }
    try expect(")")
    guard words.isEmpty || fields.isEmpty else { throw error("a field without a type") }
    return words.isEmpty ? .structure(fields) : .choice(words)
  }
}
