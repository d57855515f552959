import ArgumentParser
import CivilTime
import Control
import Glibc
import Phrases
import Rituals
import Schedules
import Settings
import SystemZones
import Varlink

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "init", abstract: "Asks which rituals to start with, and writes a first configuration.",
    discussion: """
      Examples:
        ritualctl init
        ritualctl init --preset connection --preset bedtime-appreciation --yes

      A preset is a group of rituals or one ritual of it. There is a group for each strategy (curiosity, \
      listening, inner-world, connection, conflict, affection, presence, appreciation, growth, support), one for \
      a look once a quarter (where-we-are), and a few for some couples (long-distance, new-baby, shift-work, \
      gentle-touch, steady-ground). Nothing is overwritten: if there is a configuration, 'ritualctl add --preset' \
      adds to it. Needs no daemon.
      """)

  @Option(
    help: ArgumentHelp("A preset to start with; may be given several times.", valueName: "name"),
    completion: .presets)
  var preset: [String] = []

  @Flag(help: "Write it without asking.")
  var yes = false

  @Flag(help: "Start rituald, now and at each login.")
  var start = false

  @OptionGroup var options: GlobalOptions

  /// The shape of the JSON that is printed.
  struct Answer: Encodable {
    let file: String
    let rituals: [String]
    let week: [Coming]
    let started: Bool
  }

  func run() throws {
    let folder = UserFolders.paths.configuration
    if let file = FirstConfiguration.existing(in: folder) {
      throw Failure(
        "there is a configuration already, \(TerminalText.line(file)); add to it: ritualctl add --preset NAME",
        status: Failure.refused)
    }
    let zones = SystemZones()
    let presets = UserFolders.library.presets(zones: zones)
    guard !presets.isEmpty else {
      throw Failure("no presets are installed; reinstall ritual")
    }
    let chosen = try choose(presets)
    let rituals = presets.flatMap(\.rituals).map(\.ritual).filter { chosen.contains($0.id) }
    let zone = (try? zones.local()) ?? .utc
    let week = ComingWeek(of: rituals, after: SystemClock.now, in: zone)
    if !options.json { show(rituals, week) }
    guard
      yes
        || Confirmation.isGiven(
          "Write this to \(TerminalText.line(folder))/ritual.toml?", byDefault: true)
    else {
      throw Failure("nothing was written")
    }
    let file = try write(chosen, presets, zones)
    let started = try startService()
    let answer = Answer(
      file: file, rituals: rituals.map(\.id.text), week: week.coming, started: started)
    try options.print(answer) { style in
      let next = started ? "rituald runs. ritualctl next shows what comes." : Self.howToStart
      return "\(style.good("Written:")) \(TerminalText.line(file))\n\(next)"
    }
  }

  private static let howToStart = """
    Start rituald: \(UserService.command)
    Without systemd, start rituald with your session.
    """

  private func choose(_ presets: [Preset]) throws -> Set<RitualID> {
    guard preset.isEmpty else {
      return try Set(preset.flatMap { try InitCommand.rituals(named: $0, among: presets).map(\.ritual.id) })
    }
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, !options.json else {
      let names = presets.map(\.head.id.text).joined(separator: ", ")
      throw Failure(
        "without a terminal, name presets: ritualctl init --preset NAME --yes; accepted: \(names), or one ritual of them",
        status: EX_USAGE)
    }
    let choice = PresetChoice(presets: presets, style: options.style)
    guard let chosen = choice.ask() else {
      throw Failure("nothing was written")
    }
    return chosen
  }

  /// The rituals of a preset, or one of its rituals.
  static func rituals(named name: String, among presets: [Preset]) throws -> [PresetRitual] {
    if let rituals = FirstConfiguration.rituals(named: name, among: presets) { return rituals }
    let names = presets.map(\.head.id.text).joined(separator: ", ")
    let hint =
      nearest(name, among: FirstConfiguration.names(of: presets)).map { "; did you mean \($0)?" } ?? ""
    throw Failure(
      "there is no preset \(TerminalText.exact(name)); accepted: \(names), or one ritual of them\(hint)",
      status: Failure.refused)
  }

  private func show(_ rituals: [Ritual], _ week: ComingWeek) {
    options.print { style in
      let demand = rituals.filter { $0.schedule.texts.isEmpty }.map { TerminalText.line($0.title) }
      return style.bold("The coming week:") + "\n" + week.text(style, columns: 80)
        + (demand.isEmpty ? "" : "  On demand: \(demand.joined(separator: ", "))\n")
    }
  }

  private func write(_ chosen: Set<RitualID>, _ presets: [Preset], _ zones: SystemZones) throws -> String {
    do throws(SettingsError) {
      return try FirstConfiguration.write(
        chosen, of: presets, to: UserFolders.paths.configuration, zones: zones)
    } catch {
      throw Failure(TerminalText.lines("\(error)"))
    }
  }

  /// Asks a running daemon to reload the configuration. Returns whether one runs.
  private func isReloaded() -> Bool {
    let client = try? VarlinkClient(path: options.daemon.socket)
    return (try? client?.call(Method.name("Reload"), as: ReloadReply.self, within: 5)) != nil
  }

  /// Starts rituald where the user wants that. Returns whether it runs.
  private func startService() throws -> Bool {
    let runtime = getenv("XDG_RUNTIME_DIR").map { String(cString: $0) }
    let isManaged = UserService.isManaged(runtime: runtime)
    let isRunning = isReloaded()
    if !start, isManaged, !isRunning, UserService.startsByItself {
      return UserService.start() == nil
    }
    guard
      start
        || isManaged && !yes && !isRunning
          && Confirmation.isGiven("Start rituald, now and with each session?", byDefault: true)
    else { return isRunning }
    if let reason = UserService.enable() {
      throw Failure(
        "the configuration is written; rituald is not started: \(reason)")
    }
    return true
  }
}
