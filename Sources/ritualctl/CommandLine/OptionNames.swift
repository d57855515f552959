import ArgumentParser
import Phrases
import Settings
import Varlink

/// The options of a command, by what the parser says of itself (`--experimental-dump-help`).
struct OptionNames {
  /// Each option, such as `--count` and `-n`, and whether it takes a value.
  private let takesValue: [String: Bool]

  init(of name: CommandName, in root: any ParsableCommand.Type) {
    let dump = try? JSONCoding.decode(Dump.self, from: Array(root._dumpHelp().utf8))
    let command = name.path.dropFirst().reduce(dump?.command) { command, word in
      command?.subcommands?.first { $0.commandName == word }
    }
    var takesValue: [String: Bool] = [:]
    for argument in command?.arguments ?? [] {
      for name in argument.names ?? [] { takesValue[name.text] = argument.kind == "option" }
    }
    self.takesValue = takesValue
  }

  func takesValue(_ option: String) -> Bool { takesValue[option] ?? false }

  /// Says which long option of a command line does not exist. Of several mistakes it is the one that probably
  /// made the others. Nil where all that look like options are.
  func mistake(in arguments: some Sequence<String>) -> String? {
    let given = arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }.map {
      String($0.prefix { $0 != "=" })
    }
    guard let name = given.first(where: { takesValue[$0] == nil }) else { return nil }
    let hint = nearest(name, among: takesValue.keys.sorted()).map { ". Did you mean '\($0)'?" } ?? ""
    return "Unknown option '\(TerminalText.exact(name))'\(hint)"
  }

  /// The part that is wanted of the parser's dump.
  private struct Dump: Decodable {
    struct Command: Decodable {
      let commandName: String
      let subcommands: [Command]?
      let arguments: [Argument]?
    }

    struct Argument: Decodable {
      /// `option` for one with a value, `flag`, or `positional`.
      let kind: String
      let names: [Name]?
    }

    struct Name: Decodable {
      /// `long`, `short`, or `longWithSingleDash`.
      let kind: String
      let name: String

      var text: String { (kind == "long" ? "--" : "-") + name }
    }

    let command: Command
  }
}
