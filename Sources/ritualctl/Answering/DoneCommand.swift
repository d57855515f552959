import ArgumentParser
import Control

struct DoneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "done", abstract: "Answers a reminder: it happened.")

  @Argument(help: "The ritual; without it, the one that waits for an answer.", completion: .waiting)
  var id: String?

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let reply = try options.daemon.call("Done", DoneRequest(ritual: id), as: DoneReply.self)
    try options.print(reply) { reply, style in "\(TerminalText.line(reply.title)): \(style.good("done"))" }
  }
}
