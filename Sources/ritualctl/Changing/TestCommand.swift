import ArgumentParser
import Control
import Varlink

struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "test", abstract: "Shows a ritual's reminder now, as it will look; nothing is recorded.")

  @Argument(help: "The ritual.", completion: .rituals)
  var id: String

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let reply = try options.daemon.call("Test", TestRequest(ritual: id), as: NoParameters.self)
    try options.print(reply) { _, _ in "\(id): shown" }
  }
}
