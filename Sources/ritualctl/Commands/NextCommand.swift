import ArgumentParser
import CivilTime
import Control

struct NextCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "next", abstract: "What comes next, soonest first.")

  @Option(name: [.customShort("n"), .customLong("count")], help: "How many, up to 1000.")
  var count = 5

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard (1...1000).contains(count) else { throw ValidationError("-n takes a number from 1 to 1000.") }
  }

  func run() throws {
    let coming = try options.daemon.call("Next", NextRequest(count: count), as: NextReply.self).coming
    try options.print(coming) { style in
      coming.isEmpty ? "Nothing is planned." : Agenda.text(coming, now: SystemClock.now, style)
    }
  }
}

/// What is to come, a line each.
enum Agenda {
  static func text(_ coming: [Coming], now: Instant, _ style: Style) -> String {
    var table = Table()
    for item in coming {
      let when = When(item.scheduled, now: now)
      table.add(
        .init(when.absolute, style: style.bold), .init(item.title), .init(when.relative, style: style.dim))
    }
    return table.text
  }
}
