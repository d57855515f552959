import ArgumentParser

extension CommandConfiguration {
  /// A command of ritualctl.
  ///
  /// Each has the program's name before its own. The parser looks for `--generate-completion-script` where a
  /// command has none, which would take longer than all else that it does for a command alone; that option is
  /// the program's.
  init(
    named name: String, abstract: String, discussion: String = "",
    subcommands: [any ParsableCommand.Type] = [], defaultSubcommand: (any ParsableCommand.Type)? = nil
  ) {
    self.init(
      commandName: name, _superCommandName: "ritualctl", abstract: abstract, discussion: discussion,
      subcommands: subcommands, defaultSubcommand: defaultSubcommand)
  }
}
