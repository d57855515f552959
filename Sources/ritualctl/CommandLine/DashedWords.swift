import ArgumentParser
import Glibc

/// Words that begin with a dash and are no option. The parser takes each letter of `-the hug` for an option,
/// and the h among them for a wish to see the help page.
enum DashedWords {
  /// The arguments of a command as the parser is to see them: where a command takes free words, dashed words
  /// are among those.
  ///
  /// - Throws: `Failure` for a dashed word that a command has no use for; it says what to do.
  static func separated(in name: CommandName, of root: any ParsableCommand.Type) throws -> [String] {
    let arguments = name.arguments
    // A shell asks for completions of words that are not finished.
    guard arguments.first?.hasPrefix("---") != true else { return Array(arguments) }
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    guard let index = arguments[..<end].firstIndex(where: isText) else { return Array(arguments) }
    if takesFreeWords(name.command) { return separated(arguments) }
    let before = index > arguments.startIndex ? arguments[index - 1] : ""
    let isValue = OptionNames(of: name, in: root).takesValue(before)
    let word = "'\(TerminalText.exact(arguments[index]))'"
    throw Failure(
      """
      \(isValue
        ? "\(before) has no value; one that begins with a dash is written \(before)=\(word)"
        : "there is no option \(word); where it is text, put -- before it, behind all options")
        See '\(name.path.joined(separator: " ")) --help' for more information.
      """, status: EX_USAGE)
  }

  /// True if a word is no option: `-n=5` is one, and a word with two dashes and no blank was probably meant
  /// to be one.
  private static func isText(_ word: String) -> Bool {
    guard word.hasPrefix("-") else { return false }
    if word.hasPrefix("--") { return word.prefix { $0 != "=" }.contains(where: \.isWhitespace) }
    let isShortWithValue = word.dropFirst(2).first == "=" && !word.hasPrefix("-h")
    return word.utf8.count > 2 && !isShortWithValue
  }

  private static func takesFreeWords(_ command: any ParsableCommand.Type) -> Bool {
    command == AppreciateCommand.self || command == MomentCommand.self
  }

  /// The options first, then `--`, and the words in their order. The commands with free words have the global
  /// options alone.
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
}
