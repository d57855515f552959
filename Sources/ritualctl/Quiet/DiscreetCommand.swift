import ArgumentParser
import Control
import Varlink

struct DiscreetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "discreet", abstract: "Turns neutral words, in place of the rituals' own, on or off.")

  enum Switch: String, ExpressibleByArgument, CaseIterable { case on, off }

  @OptionGroup var options: GlobalOptions
  @Argument(help: "on or off.") var state: Switch

  func run() throws {
    let reply = try options.daemon.call("Discreet", DiscreetRequest(on: state == .on), as: NoParameters.self)
    try options.print(reply) { _, _ in
      state == .on ? "Reminders show neutral words" : "Reminders show their own words"
    }
  }
}
