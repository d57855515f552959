import FoundationEssentials

/// The commands of `ritualctl`, from its own description.
nonisolated package struct CommandTree: Decodable, Sendable {
  struct Command: Decodable {
    struct Argument: Decodable {
      struct Name: Decodable { let name: String }
      let names: [Name]?
    }
    let commandName: String
    let subcommands: [Command]?
    let arguments: [Argument]?
  }

  /// A command without subcommands, and its own options.
  package struct Leaf: Sendable {
    package let name: String
    package let options: Set<String>
  }

  let command: Command

  /// The options of every command.
  package static let general: Set = ["--json", "--no-color", "--socket", "-h", "--help", "--version"]

  /// All commands, from `--experimental-dump-help`.
  package static func leaves(_ folder: TemporaryFolder) async throws -> [Leaf] {
    let output = try await ChildProcess.run(
      built("ritualctl"), ["--experimental-dump-help"], environment: ["HOME": folder.path])
    let tree = try JSONDecoder().decode(CommandTree.self, from: Data(output.output.utf8))
    return (tree.command.subcommands ?? []).filter { $0.commandName != "help" }.flatMap {
      leaves($0, below: "")
    }
  }

  private static func leaves(_ command: Command, below path: String) -> [Leaf] {
    let name = path + command.commandName
    if let subcommands = command.subcommands, !subcommands.isEmpty {
      return subcommands.flatMap { leaves($0, below: name + " ") }
    }
    let names = (command.arguments ?? []).flatMap { $0.names ?? [] }.map(\.name)
    return [
      Leaf(
        name: name, options: Set(names.map { $0.count == 1 ? "-\($0)" : "--\($0)" }).subtracting(general))
    ]
  }
}
