import ArgumentParser
import Control
import SystemZones

struct WeekCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "week", abstract: "Today and the six days after it, day by day.")

  @Option(name: [.customShort("n"), .long], help: "How many days, up to 31.")
  var days = 7

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard (1...31).contains(days) else { throw ValidationError("--days takes a number from 1 to 31.") }
  }

  func run() throws {
    let days = try options.daemon.call("Week", WeekRequest(days: days), member: "days", as: [Day].self)
    try options.print(days) { days, style in Agenda(now: SystemClock.now, style).text(days) }
  }
}
