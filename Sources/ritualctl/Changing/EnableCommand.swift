import ArgumentParser
import Control

struct EnableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable", abstract: "Lets rituals come again.")

  @Argument(help: ArgumentHelp("The rituals.", valueName: "id"), completion: .rituals)
  var ids: [String]

  @OptionGroup var options: GlobalOptions

  func run() throws { try Enabling.run(ids, on: true, options) }
}

struct DisableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Lets rituals come no more, until they are enabled.",
    discussion: "They stay in the configuration. For a holiday there is 'ritualctl pause'.")

  @Argument(help: ArgumentHelp("The rituals.", valueName: "id"), completion: .rituals)
  var ids: [String]

  @OptionGroup var options: GlobalOptions

  func run() throws { try Enabling.run(ids, on: false, options) }
}

private enum Enabling {
  static func run(_ ids: [String], on: Bool, _ options: GlobalOptions) throws {
    let request = EnableRequest(rituals: ids, on: on)
    let changed = try options.daemon.call("Enable", request, as: EnableReply.self).changed
    try options.print(changed) { style in
      changed.map { text($0, on, style) }.joined(separator: "\n")
    }
  }

  private static func text(_ changed: Changed, _ on: Bool, _ style: Style) -> String {
    let id = style.bold(changed.ritual)
    guard !changed.keys.isEmpty else { return "\(id): \(on ? "is enabled" : "is disabled") already" }
    guard on else { return "\(id): disabled" }
    let next = changed.next.map { "comes \(When($0, now: SystemClock.now).text)" } ?? "never comes again"
    return "\(id): enabled, \(next)"
  }
}
