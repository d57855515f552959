import ArgumentParser
import Control
import SystemZones

struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "log", abstract: "What happened, oldest first.")

  @Argument(help: "Only this ritual.", completion: .rituals)
  var id: String?

  @Option(help: "From a time on, such as 2026-11-27, yesterday or \"3 days ago\".")
  var since: String?

  @Option(name: [.customShort("n"), .customLong("count")], help: "How many of the latest, up to 100000.")
  var count = 50

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard (1...100_000).contains(count) else { throw ValidationError("-n takes a number from 1 to 100000.") }
  }

  func run() throws {
    let request = LogRequest(ritual: id, since: since, limit: count)
    let entries = try options.daemon.entries(request)
    try options.print(entries) { style in
      guard !entries.isEmpty else { return "Nothing has happened yet." }
      let now = SystemClock.now
      var table = TextTable()
      for entry in entries {
        table.add(
          .init(When(entry.at, now: now).absolute, style: style.dim), .init(entry.title, cut: true),
          .init(Wording.text(entry, now: now)))
      }
      return table.text(within: style.columns)
    }
  }
}
