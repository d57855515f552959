/// Cuts an interface file into words and signs, and reads types from them.
struct InterfaceScanner {
  /// A word or a sign.
  struct Token {
    let text: String
    /// From 1.
    let line: Int
    /// The lines of the comment directly above it.
    let comment: [String]
  }

  private let tokens: [Token]
  private var position = 0
  /// The types that were named so far, each with the line of its name.
  private(set) var namedTypes: [(name: String, line: Int)] = []

  init(_ text: String) {
    var tokens: [Token] = []
    var comment: [String] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let code = line.prefix { $0 != "#" }
      guard code.contains(where: { !$0.isWhitespace }) else {
        // A blank line separates a comment from what follows.
        if code.endIndex == line.endIndex { comment = [] } else { comment.append(Self.text(ofComment: line)) }
        continue
      }
      for text in Self.words(of: code) {
        tokens.append(Token(text: text, line: index + 1, comment: comment))
        comment = []
      }
    }
    self.tokens = tokens
  }

  /// The text of a comment, without its sign.
  private static func text(ofComment line: Substring) -> String {
    let text = line.drop { $0 != "#" }.dropFirst()
    return String(text.hasPrefix(" ") ? text.dropFirst() : text)
  }

  /// The words and signs of a line without its comment.
  private static func words(of code: Substring) -> [String] {
    var words: [String] = []
    var word = ""
    for character in code + " " {
      if character.isLetter || character.isNumber || "_.->".contains(character) {
        word.append(character)
        continue
      }
      if !word.isEmpty { words.append(word) }
      word = ""
      if !character.isWhitespace { words.append(String(character)) }
    }
    return words
  }

  mutating func next() -> Token? {
    guard position < tokens.count else { return nil }
    position += 1
    return tokens[position - 1]
  }

  /// A mistake at the last token.
  func error(_ message: String) -> InterfaceError {
    InterfaceError(line: tokens[..<position].last?.line ?? 1, message: message)
  }

  @discardableResult
  mutating func expect(_ text: String) throws(InterfaceError) -> Token {
    let found = next()
    guard let found, found.text == text else {
      throw error("'\(found?.text ?? "the end")' where '\(text)' was expected")
    }
    return found
  }

  mutating func name(_ expected: String) throws(InterfaceError) -> String {
    let found = next()
    guard let found, found.text.first?.isLetter == true else {
      throw error("'\(found?.text ?? "the end")' where \(expected) was expected")
    }
    return found.text
  }

  /// Reads `(name: type, …)`, which may be empty.
  mutating func fields() throws(InterfaceError) -> [Field] {
    guard case .structure(let fields) = try shape() else {
      throw error("fields in parentheses were expected")
    }
    return fields
  }

  mutating func shape() throws(InterfaceError) -> Shape {
    let found = next()
    switch found?.text {
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
    case let name? where name.first?.isUppercase == true:
      namedTypes.append((name, found?.line ?? 1))
      return .named(name)
    case let other: throw error("'\(other ?? "the end")' where a type was expected")
    }
  }

  private var peek: String? { position < tokens.count ? tokens[position].text : nil }

  /// Reads the fields of a structure or the words of a choice.
  private mutating func parenthesis() throws(InterfaceError) -> Shape {
    var fields: [Field] = []
    var words: [Word] = []
    while peek != ")" {
      let comment = position < tokens.count ? tokens[position].comment : []
      let name = try name("the name of a field")
      if peek == ":" {
        position += 1
        fields.append(Field(name: name, shape: try shape(), comment: comment))
      } else {
        words.append(Word(name: name, comment: comment))
      }
      guard peek == "," else { break }
      position += 1
    }
    try expect(")")
    guard words.isEmpty || fields.isEmpty else { throw error("'\(words[0].name)' is a field without a type") }
    return words.isEmpty ? .structure(fields) : .choice(words)
  }
}
