import ArgumentParser
import Control

struct ReloadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "reload", abstract: "Reloads the configuration.")

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let reply = try options.daemon.call("Reload", as: ReloadReply.self)
    try options.print(reply) { reply, _ in
      reply.problems.map { TerminalText.lines($0.text) + "\n" }.joined()
        + Wording.count(reply.rituals, "ritual", "rituals")
        + (reply.problems.isEmpty ? "" : ", " + Wording.count(reply.problems.count, "problem", "problems"))
    }
    if try reply.value.problems.contains(where: { $0.severity == .error }) {
      throw ExitCode(Failure.refused)
    }
  }
}
