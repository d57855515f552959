import ArgumentParser
import Control
import Varlink

struct PauseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Shows nothing for a while, and counts nothing as missed.",
    discussion: """
      Examples:
        ritualctl pause                            until 'ritualctl resume'
        ritualctl pause --until 2h                 for two hours
        ritualctl pause --until 2026-12-27         until that day begins
        ritualctl pause --until "monday 8:00"      until then
        ritualctl pause date-night --until 22:30   one ritual alone
      """)

  @OptionGroup var options: GlobalOptions
  @Argument(
    help: ArgumentHelp("The rituals; all where none is named.", valueName: "id"), completion: .rituals)
  var rituals: [String] = []
  @Option(help: ArgumentHelp("A time span, a time of day, a date, or a date with time.", valueName: "time"))
  var until: String?

  func run() throws {
    let request = PauseRequest(rituals: rituals, until: until)
    let reply = try options.daemon.call("Pause", request, as: PauseReply.self)
    try options.print(reply) { _ in
      let who = rituals.isEmpty ? "Everything" : rituals.map(Plain.text).joined(separator: ", ")
      let end = reply.until.map { "until \(When($0, now: SystemClock.now).absolute)" }
      return "\(who): paused \(end ?? "until 'ritualctl resume'")"
    }
  }
}

struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Ends a pause.")

  @OptionGroup var options: GlobalOptions
  @Argument(
    help: ArgumentHelp("The rituals; all pauses end where none is named.", valueName: "id"),
    completion: .rituals)
  var rituals: [String] = []

  func run() throws {
    let reply = try options.daemon.call("Resume", ResumeRequest(rituals: rituals), as: ResumeReply.self)
    let isHeld = !rituals.isEmpty && isEverythingPaused
    if isHeld, reply.orders.isEmpty {
      throw Failure.exit("everything is paused; to end that: ritualctl resume", status: Failure.refused)
    }
    try options.print(reply) { _ in
      if reply.orders.isEmpty { return "Nothing was paused" }
      let ended = reply.orders.map { "\($0.ritual.map(Plain.text) ?? "Everything"): goes on" }
      let rest = isHeld ? ["Everything is paused still; to end that: ritualctl resume"] : []
      return (ended + rest).joined(separator: "\n")
    }
  }

  private struct Ordered: Decodable {
    struct State: Decodable { let orders: [OrderInfo] }
    let state: State
  }

  /// One ritual goes on when all do. What ended is answered also where this cannot be found out.
  private var isEverythingPaused: Bool {
    let orders = try? options.daemon.request("Status", as: Ordered.self).state.orders
    return orders?.contains { $0.what == "paused" && $0.ritual == nil } ?? false
  }
}

struct DiscreetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "discreet", abstract: "Shows neutral words instead of the rituals' own, or not any more.")

  enum Switch: String, ExpressibleByArgument, CaseIterable { case on, off }

  @OptionGroup var options: GlobalOptions
  @Argument(help: "on or off.") var state: Switch

  func run() throws {
    let reply = try options.daemon.call("Discreet", DiscreetRequest(on: state == .on), as: NoParameters.self)
    try options.print(reply) { _ in
      state == .on ? "Reminders show neutral words" : "Reminders show their own words"
    }
  }
}
