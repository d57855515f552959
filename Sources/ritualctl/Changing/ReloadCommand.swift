import ArgumentParser
import Control

struct ReloadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reload", abstract: "Has the daemon read its configuration anew.")

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let reply = try options.daemon.call("Reload", as: ReloadReply.self)
    try options.print(reply) { _ in
      reply.problems.map { Plain.lines($0.text) + "\n" }.joined()
        + Wording.count(reply.rituals, "ritual", "rituals")
        + (reply.problems.isEmpty ? "" : ", " + Wording.count(reply.problems.count, "problem", "problems"))
    }
    if reply.problems.contains(where: { $0.severity == "error" }) { throw ExitCode(Failure.refused) }
  }
}
