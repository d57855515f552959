import ArgumentParser
import Control

struct DoneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "done", abstract: "Answers a reminder: it happened.")

  @Argument(help: "The ritual; without it, the one that waits for an answer.", completion: .waiting)
  var id: String?

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let reply = try options.daemon.call("Done", AnswerRequest(ritual: id), as: AnswerReply.self)
    try options.print(reply) { style in "\(Plain.text(reply.title)): \(style.good("done"))" }
  }
}

struct SkipCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skip", abstract: "Answers a reminder: not this time.")

  @Argument(help: "The ritual; without it, the one that waits for an answer.", completion: .waiting)
  var id: String?

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let reply = try options.daemon.call("Skip", AnswerRequest(ritual: id), as: AnswerReply.self)
    try options.print(reply) { _ in "\(Plain.text(reply.title)): skipped" }
  }
}
