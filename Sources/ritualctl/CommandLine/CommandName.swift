import ArgumentParser
import Phrases
import Settings

/// The name of a command: the first words of a command line, such as `schedule next`.
struct CommandName {
  /// The command that the words name; the root where they name none.
  let command: any ParsableCommand.Type
  /// The program's name and the words of the name.
  let path: [String]
  /// The words behind the name.
  let arguments: ArraySlice<String>

  init(startOf words: [String], in root: any ParsableCommand.Type) {
    var (command, path, arguments) = (root, ["ritualctl"], words[...])
    while let word = arguments.first,
      let next = command.configuration.subcommands.first(where: { $0.configuration.commandName == word })
    {
      (command, path) = (next, path + [word])
      arguments.removeFirst()
    }
    (self.command, self.path, self.arguments) = (command, path, arguments)
  }

  /// The mistake of a word that stands where a subcommand should, with the subcommand that the user probably
  /// meant. Nil if there is no such word, or if it may be an argument of the default subcommand. The parser
  /// would call it an unexpected argument.
  var mistake: String? {
    let subcommands = command.configuration.subcommands
    guard !subcommands.isEmpty, let word = arguments.first, !word.hasPrefix("-") else { return nil }
    guard word != "help" else {
      // `help` takes the name of a command.
      return path.count > 1 ? nil : CommandName(startOf: Array(arguments.dropFirst()), in: command).mistake
    }
    let meant = nearest(word, among: subcommands.compactMap { $0.configuration.commandName })
    if command.configuration.defaultSubcommand != nil, meant == nil { return nil }
    let hint = meant.map { "; did you mean \($0)?" } ?? ""
    let usage = path.joined(separator: " ")
    let name = (path.dropFirst() + [TerminalText.exact(word)]).joined(separator: " ")
    return """
      there is no command \(name)\(hint)
      Usage: \(usage) <subcommand>
        See '\(usage) --help' for more information.
      """
  }
}
