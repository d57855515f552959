import ArgumentParser
import Control

struct SkipCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "skip", abstract: "Answers a reminder: not this time.")

  @Argument(help: "The ritual; without it, the one that waits for an answer.", completion: .waiting)
  var id: String?

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let reply = try options.daemon.call("Skip", SkipRequest(ritual: id), as: SkipReply.self)
    try options.print(reply) { reply, _ in "\(TerminalText.line(reply.title)): skipped" }
  }
}
