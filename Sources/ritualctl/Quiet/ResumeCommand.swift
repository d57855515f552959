import ArgumentParser
import Control

struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "resume", abstract: "Ends a pause.")

  @OptionGroup var options: GlobalOptions
  @Argument(
    help: ArgumentHelp("The rituals; without any, all pauses end.", valueName: "id"),
    completion: .rituals)
  var rituals: [String] = []

  func run() throws {
    let reply = try options.daemon.call("Resume", ResumeRequest(rituals: rituals), as: ResumeReply.self)
    let isHeld = !rituals.isEmpty && isEverythingPaused
    if isHeld, try reply.value.orders.isEmpty {
      throw Failure("everything is paused; to end that: ritualctl resume")
    }
    try options.print(reply) { reply, _ in
      if reply.orders.isEmpty { return "Nothing was paused" }
      let ended = reply.orders.map { "\($0.ritual.map(TerminalText.line) ?? "Everything"): goes on" }
      let rest = isHeld ? ["Everything is paused still; to end that: ritualctl resume"] : []
      return (ended + rest).joined(separator: "\n")
    }
  }

  /// A pause of everything goes on, so that no ritual comes yet. False where the daemon does not say.
  private var isEverythingPaused: Bool {
    let orders = try? options.daemon.call("Status", member: "state", as: State.self).value.orders
    return orders?.contains { $0.what == .paused && $0.ritual == nil } ?? false
  }
}
