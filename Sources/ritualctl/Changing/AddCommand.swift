import ArgumentParser
import CivilTime
import Control
import Glibc
import SystemZones

struct AddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "add", abstract: "Adds a ritual.",
    discussion: """
      Examples:
        ritualctl add "Goodbye kiss" --at "Mon..Fri 08:05" --message "Six seconds, before the door."
        ritualctl add "Date night" --at "every other friday 19:30"
        ritualctl add "Call the sitter" --at "tomorrow 18:00"
        ritualctl add --preset connection
        ritualctl add "State of us" --at "Sun 19:00" --lead 30m --nudge "2 times every 15m"

      A time is in plain words, a calendar expression as in systemd timers, or a rule of RFC 5545; 'ritualctl \
      schedule explain' says what it means.

      It becomes a file of its own in the configuration's folder ritual.d.
      """)

  @Argument(help: "What the reminder says.")
  var title: String?

  @Option(
    help: ArgumentHelp("When; may be given several times.", valueName: "schedule"))
  var at: [String] = []

  @Option(
    help: ArgumentHelp(
      "Instead of a title: the rituals of a preset, or one of them; see ritualctl init.", valueName: "name"),
    completion: .presets)
  var preset: String?

  @Option(help: "A second line for the reminder.")
  var message: String?

  @Option(help: "Its id; made from the title by default.")
  var id: String?

  @Option(help: "A zone such as Europe/Berlin; by default the machine's, wherever it is.", completion: .zones)
  var timezone: String?

  @Option(help: "low, normal or critical.", completion: .urgencies)
  var urgency: String?

  @OptionGroup(title: "More about it") var more: MoreKeys

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard preset == nil else {
      guard title == nil, at.isEmpty else { throw ValidationError("--preset stands alone.") }
      return
    }
    guard title != nil else { throw ValidationError("Missing expected argument '<title>'") }
    guard !at.isEmpty else { throw ValidationError("Missing expected argument '--at <schedule> ...'") }
  }

  func run() throws {
    if let preset { return try add(preset: preset) }
    let zones = SystemZones()
    let schedule = try at.flatMap { words in
      try ScheduleText(
        words, now: SystemClock.now, in: try zone(zones), zones: zones, besideStart: more.start != nil
      ).texts
    }
    let request = AddRequest(
      title: title ?? "", schedule: schedule, id: id, message: message, timezone: timezone, urgency: urgency,
      more: more.changes.isEmpty ? nil : more.changes)
    let reply = try options.daemon.call("Add", request, as: AddReply.self)
    try options.print(reply) { reply, style in
      let next = reply.next.map { "comes \(When($0, now: SystemClock.now).text)" } ?? "never comes"
      return "\(style.bold(reply.id)) \(next)\n\(style.dim(reply.file))"
    }
  }

  private func add(preset: String) throws {
    let reply = try options.daemon.call(
      "AddPreset", AddPresetRequest(preset: preset), as: AddPresetReply.self)
    try options.print(reply) { reply, style in
      var table = TextTable()
      for added in reply.added {
        let next = added.next.map { "comes \(When($0, now: SystemClock.now).text)" } ?? "on demand"
        table.add(.init(added.id, style: style.bold), .init(next), .init(added.file, style: style.dim))
      }
      for id in reply.present { table.add(.init(id, style: style.bold), .init("is there already")) }
      return table.text
    }
  }

  /// The zone of the ritual's clock, in which "tomorrow" is meant.
  private func zone(_ zones: SystemZones) throws -> Zone {
    do throws(ZoneError) {
      if let timezone, timezone != "local" { return try zones.zone(named: timezone) }
      return try zones.local()
    } catch {
      throw Failure("\(error); accepted: local, or a name such as Europe/Berlin", status: EX_DATAERR)
    }
  }
}

/// The options for keys that few rituals have.
struct MoreKeys: ParsableArguments {
  @Option(
    help: ArgumentHelp("How long before its time it is announced, such as 30m.", valueName: "span"))
  var lead: String?

  @Option(help: ArgumentHelp("How late it is still shown: a time span, never or always.", valueName: "span"))
  var missed: String?

  @Option(help: ArgumentHelp("A snooze button, such as 10m; may be given several times.", valueName: "span"))
  var snooze: [String] = []

  @Option(help: "How often it comes again while unanswered: \"2 times every 15m\".")
  var nudge: String?

  @Option(
    help: "respect or ignore: whether quiet times hold it back.", completion: .list(["respect", "ignore"]))
  var quiet: String?

  @Flag(help: "Its words are never shown on a locked screen.")
  var `private` = false

  @Option(help: "The deck that its prompts come from.", completion: .decks)
  var deck: String?

  @Option(help: "The guide that its Begin button opens.", completion: .guides)
  var guide: String?

  @Option(help: ArgumentHelp("The first date of a rule, or the very first.", valueName: "date"))
  var start: String?

  @Option(
    help: ArgumentHelp("A date on which it does not come; may be given several times.", valueName: "date"))
  var except: [String] = []

  @Option(
    help: ArgumentHelp("Another date on which it comes; may be given several times.", valueName: "date"))
  var also: [String] = []

  @Option(help: "What an answer typed into the notification is kept as: appreciation or note.")
  var reply: String?

  @Option(help: ArgumentHelp("How long it takes when it happens, such as 20m.", valueName: "span"))
  var takes: String?

  /// The keys that were given, in the order of the manual.
  var changes: [Control.Change] {
    let keys: [(String, [String])] = [
      ("start", [start].compactMap(\.self)), ("except", except), ("also", also),
      ("missed", [missed].compactMap(\.self)), ("snooze", snooze), ("nudge", [nudge].compactMap(\.self)),
      ("lead", [lead].compactMap(\.self)), ("quiet", [quiet].compactMap(\.self)),
      ("private", `private` ? ["yes"] : []), ("deck", [deck].compactMap(\.self)),
      ("guide", [guide].compactMap(\.self)), ("reply", [reply].compactMap(\.self)),
      ("takes", [takes].compactMap(\.self)),
    ]
    return keys.filter { !$0.1.isEmpty }.map { Control.Change(key: $0.0, values: $0.1) }
  }
}
