import ArgumentParser
import Control

struct RemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "remove", abstract: "Removes a ritual; what happened stays in the log.")

  @Argument(help: "The ritual.", completion: .rituals)
  var id: String

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let reply = try options.daemon.call("Remove", RemoveRequest(ritual: id), as: RemoveReply.self)
    try options.print(reply) { reply, style in
      "\(id): removed" + (reply.file.isEmpty ? "" : "\n\(style.dim(reply.file))")
    }
  }
}
