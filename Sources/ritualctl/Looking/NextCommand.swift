import ArgumentParser
import Control
import SystemZones

struct NextCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "next", abstract: "What comes next, soonest first.")

  @Option(name: [.customShort("n"), .customLong("count")], help: "How many, up to 1000.")
  var count = 5

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard (1...1000).contains(count) else { throw ValidationError("-n takes a number from 1 to 1000.") }
  }

  func run() throws {
    let coming = try options.daemon.call(
      "Next", NextRequest(count: count), member: "coming", as: [Coming].self)
    try options.print(coming) { coming, style in
      guard !coming.isEmpty else { return "Nothing is planned." }
      let now = SystemClock.now
      var table = TextTable()
      for item in coming {
        let held = item.holds.map { [TextTable.Cell(Wording.hold($0), style: style.dim)] } ?? []
        table.add(
          [
            .init(When(item.scheduled, now: now).text, style: style.bold), .init(item.title, cut: true),
          ] + held)
      }
      return table.text(within: style.columns)
    }
  }
}
