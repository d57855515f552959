import ArgumentParser
import Control
import SystemZones

struct EnableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(named: "enable", abstract: "Enables rituals.")

  @Argument(help: ArgumentHelp("The rituals.", valueName: "id"), completion: .rituals)
  var ids: [String]

  @OptionGroup var options: GlobalOptions

  func run() throws { try Self.setEnabled(true, ids, options) }

  /// Enables or disables rituals, and prints what became of each.
  static func setEnabled(_ isOn: Bool, _ ids: [String], _ options: GlobalOptions) throws {
    let request = EnableRequest(rituals: ids, on: isOn)
    let changed = try options.daemon.call("Enable", request, member: "changed", as: [Changed].self)
    try options.print(changed) { changed, style in
      changed.map { text($0, isOn, style) }.joined(separator: "\n")
    }
  }

  private static func text(_ changed: Changed, _ isOn: Bool, _ style: Style) -> String {
    let id = style.bold(changed.ritual)
    guard !changed.keys.isEmpty else {
      return "\(id): \(isOn ? "is already enabled" : "is already disabled")"
    }
    guard isOn else { return "\(id): disabled" }
    let next = changed.next.map { "comes \(When($0, now: SystemClock.now).text)" } ?? "never comes again"
    return "\(id): enabled, \(next)"
  }
}
