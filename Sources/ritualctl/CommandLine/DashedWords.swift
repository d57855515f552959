import ArgumentParser
import Glibc

/// Words that begin with a dash and are no option. The parser takes each letter of `-the hug` for one, and -h
/// among them for a wish to see the help page.
enum DashedWords {
  /// The words as the parser is to see them: where a command takes free words, they are among those. Else it
  /// says what to do, and throws the exit status.
  static func settled(_ words: [String], of root: any ParsableCommand.Type) throws -> [String] {
    // A shell asks for completions of words that are not finished.
    guard words.first?.hasPrefix("---") != true else { return words }
    let named = CommandWords.command(of: words, in: root)
    let rest = words.dropFirst(named.count)
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    guard let index = rest[..<end].firstIndex(where: isText) else { return words }
    if takesFreeWords(named.command) { return words.prefix(named.count) + separated(rest) }
    let before = index > rest.startIndex ? rest[index - 1] : ""
    let takesValue = CommandWords.options(of: named.command, in: root)[before] ?? false
    throw Failure.exit(
      complaint(words[index], after: takesValue ? before : nil)
        + "\n  See '\(named.path) --help' for more information.", status: EX_USAGE)
  }

  /// No option: `-n=5` is one, and what has two dashes and no blank was probably meant to be.
  private static func isText(_ word: String) -> Bool {
    guard word.hasPrefix("-") else { return false }
    if word.hasPrefix("--") { return word.prefix { $0 != "=" }.contains(where: \.isWhitespace) }
    let isShortWithValue = word.dropFirst(2).first == "=" && !word.hasPrefix("-h")
    return word.utf8.count > 2 && !isShortWithValue
  }

  private static func takesFreeWords(_ command: any ParsableCommand.Type) -> Bool {
    command == AppreciateCommand.self || command == MomentCommand.self
  }

  /// The options first, then `--`, and the words in their order. These commands have the options of all.
  private static func separated(_ words: ArraySlice<String>) -> [String] {
    var options: [String] = []
    var free: [String] = []
    var words = words
    while let word = words.popFirst() {
      if word == "--" { break }
      guard word.hasPrefix("-"), word != "-", !isText(word) else {
        free.append(word)
        continue
      }
      options.append(word)
      if word == "--socket", let path = words.popFirst() { options.append(path) }
    }
    return options + ["--"] + free + words
  }

  private static func complaint(_ word: String, after option: String?) -> String {
    let word = "'\(Plain.exact(word))'"
    if let option {
      return "\(option) has no value; one that begins with a dash is written \(option)=\(word)"
    }
    return "there is no option \(word); where it is text, put -- before it, behind all options"
  }
}
