import ArgumentParser
import Control
import SystemZones

struct SetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "set",
    abstract: "Changes keys of a ritual in its file; comments and all other lines stay as they are.",
    discussion: """
      Examples:
        ritualctl set goodbye-kiss schedule="weekdays at 8:15"
        ritualctl set goodbye-kiss schedule="Mon..Fri 08:05" schedule="Sat 10:00"
        ritualctl set date-night lead=30m nudge="2 times every 15m" quiet=ignore
        ritualctl set date-night lead=

      KEY= takes a key out of the file. Several values of a key are a list. A
      schedule may be in plain words, as for 'ritualctl add'. All keys are
      changed or none: what would be a mistake is not written.

      Keys: title, message, schedule, start, except, also, timezone, urgency
      (low, normal, critical), missed (a time span, never, always), snooze
      (10m,30m), nudge, nudge.every, nudge.times, lead, quiet (respect, ignore),
      private (yes, no), enabled (yes, no), deck, guide, reply, takes.
      """)

  @Argument(help: "The ritual.", completion: .rituals)
  var id: String

  @Argument(help: ArgumentHelp("What to change.", valueName: "key=value"))
  var changes: [String]

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    for word in changes where !word.contains("=") || word.hasPrefix("=") {
      throw ValidationError("'\(TerminalText.exact(word))' is no KEY=VALUE.")
    }
  }

  func run() throws {
    let request = SetRequest(ritual: id, changes: Self.changes(changes))
    let changed = try options.daemon.call("Set", request, member: "changed", as: Changed.self)
    try options.print(changed) { changed, style in
      guard !changed.keys.isEmpty else { return "\(style.bold(changed.ritual)): nothing to change" }
      let next = changed.next.map { "comes \(When($0, now: SystemClock.now).text)" } ?? "does not come"
      return "\(style.bold(changed.ritual)): \(changed.keys.joined(separator: ", ")) changed; \(next)\n"
        + style.dim(TerminalText.line(changed.file))
    }
  }

  /// A key that is named again gets one more value; `KEY=` alone none.
  static func changes(_ words: [String]) -> [Control.Change] {
    var changes: [Control.Change] = []
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let values = parts[1].isEmpty ? [] : [parts[1]]
      if let index = changes.firstIndex(where: { $0.key == parts[0] }) {
        changes[index].values += values
      } else {
        changes.append(Control.Change(key: parts[0], values: values))
      }
    }
    return changes
  }
}
