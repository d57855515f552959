import ArgumentParser
import Glibc
import Settings

/// The words of a command line that name commands.
enum CommandWords {
  /// Says which word names no command, and what was probably meant; nil where all of them do. Words that a command takes
  /// are left to the parser.
  static func mistake(in words: [String], of root: any ParsableCommand.Type) -> String? {
    var words = words[...]
    // `help` takes the same words.
    if words.first == "help" { words.removeFirst() }
    var command = root
    var path = [name(of: root)]
    while let word = words.popFirst(), !word.hasPrefix("-") {
      let inner = command.configuration.subcommands
      guard !inner.isEmpty else { return nil }
      if let next = inner.first(where: { name(of: $0) == word || $0.configuration.aliases.contains(word) }) {
        command = next
        path.append(word)
        continue
      }
      if word == "help" { return nil }
      let meant = nearest(word, among: inner.map(name))
      // The word may be for the command that is meant where none is named.
      if command.configuration.defaultSubcommand != nil, meant == nil { return nil }
      let hint = meant.map { "; did you mean \($0)?" } ?? ""
      return """
        there is no command \((path.dropFirst() + [Plain.text(word)]).joined(separator: " "))\(hint)
        Usage: \(path.joined(separator: " ")) <subcommand>
          See '\(path.joined(separator: " ")) --help' for more information.
        """
    }
    return nil
  }

  private static func name(of command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? "\(command)".lowercased()
  }
}
