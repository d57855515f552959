import ArgumentParser
import Glibc
import Settings

/// The words of a command line that name commands.
enum CommandWords {
  /// Says which word names no command, and what was probably meant; nil where all of them do. Words that a
  /// command takes are left to the parser.
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
        there is no command \((path.dropFirst() + [Plain.exact(word)]).joined(separator: " "))\(hint)
        Usage: \(path.joined(separator: " ")) <subcommand>
          See '\(path.joined(separator: " ")) --help' for more information.
        """
    }
    return nil
  }

  /// The command that words begin with, how many of them name it, and what it is called in full.
  static func command(
    of words: [String], in root: any ParsableCommand.Type
  ) -> (command: any ParsableCommand.Type, count: Int, path: String) {
    var command = root
    var path = [name(of: root)]
    for word in words {
      let inner = command.configuration.subcommands
      guard let next = inner.first(where: { name(of: $0) == word || $0.configuration.aliases.contains(word) })
      else { break }
      command = next
      path.append(word)
    }
    return (command, path.count - 1, path.joined(separator: " "))
  }

  /// A command's options and flags, and whether each takes a value: as its help page says, `-n, --count
  /// <count>`.
  static func options(
    of command: any ParsableCommand.Type, in root: any ParsableCommand.Type
  ) -> [String: Bool] {
    // Where an option is, its line begins with two blanks; behind its names come more of them.
    let lines = root.helpMessage(for: command, columns: 1000).split(separator: "\n")
    let heads = lines.filter { $0.hasPrefix("  -") }.compactMap {
      $0.dropFirst(2).split(separator: "  ").first
    }
    var options: [String: Bool] = [:]
    for head in heads {
      for word in head.split(whereSeparator: { " ,".contains($0) }) where word.hasPrefix("-") {
        options[String(word)] = head.contains("<")
      }
    }
    return options
  }

  /// Says which option of a command line there is not: of several mistakes, the one that probably made the
  /// others. Nil where all that look like options are.
  static func unknownOption(in words: [String], of root: any ParsableCommand.Type) -> String? {
    let named = command(of: words, in: root)
    let known = options(of: named.command, in: root)
    let given = words.dropFirst(named.count).prefix { $0 != "--" }.filter { $0.hasPrefix("--") }
    let names = given.map { String($0.prefix { $0 != "=" }) }
    guard let name = names.first(where: { known[$0] == nil }) else { return nil }
    let hint = nearest(name, among: known.keys.sorted()).map { ". Did you mean '\($0)'?" } ?? ""
    return "Unknown option '\(Plain.exact(name))'\(hint)"
  }

  private static func name(of command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? "\(command)".lowercased()
  }
}
