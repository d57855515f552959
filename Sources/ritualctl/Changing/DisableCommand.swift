import ArgumentParser

struct DisableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "disable", abstract: "Disables rituals, until they are enabled.",
    discussion: "They stay in the configuration. For a holiday there is 'ritualctl pause'.")

  @Argument(help: ArgumentHelp("The rituals.", valueName: "id"), completion: .rituals)
  var ids: [String]

  @OptionGroup var options: GlobalOptions

  func run() throws { try EnableCommand.setEnabled(false, ids, options) }
}
