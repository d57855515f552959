import ArgumentParser
import CivilTime
import Control
import Glibc
import ICalendar
import Settings
import SystemZones

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "import", abstract: "Adds the events of a calendar file as rituals.",
    discussion: """
      Shows what it would add, and asks. Each event becomes a file of its own in the configuration's folder \
      ritual.d. Nothing is overwritten, and what you already have, under the same title and at the same times, is \
      not added again; with other times it becomes a ritual of its own beside it. A calendar that others write to \
      is better followed than imported: see [calendar.NAME].
      """)

  @Argument(
    help: ArgumentHelp("The calendar file; - for standard input.", valueName: "file.ics"),
    completion: .calendars)
  var file: String

  @Flag(help: "Add without asking.")
  var yes = false

  @Flag(help: "Show what would be added, and add nothing.")
  var dryRun = false

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let zones = SystemZones()
    let present = PresentRituals(
      listed: try options.daemon.call("List", as: ListReply.self).value.rituals,
      written: Settings.load(folder: UserFolders.paths.configuration, zones: zones).configuration.rituals)
    var plan = try ImportPlan(
      try InputFile.read(file == "-" ? "/dev/stdin" : file), name: file, present: present, zones: zones)
    guard !options.json else {
      if yes, !dryRun { try add(&plan) }
      return try options.print(plan) { _ in "" }
    }
    options.print { style in plan.text(style) }
    guard !plan.rituals.isEmpty, !dryRun else { return }
    let count = Wording.count(plan.rituals.count, "ritual", "rituals")
    guard yes || Confirmation.isGiven("Add \(count)?") else {
      throw Failure("nothing was added; --yes adds without asking")
    }
    try add(&plan)
    options.print { style in style.good("\(count) added") }
  }

  private func add(_ plan: inout ImportPlan) throws {
    for index in plan.rituals.indices {
      let ritual = plan.rituals[index]
      let reply = try options.daemon.call(
        "Add",
        AddRequest(
          title: ritual.title, schedule: ritual.schedule, id: ritual.id, message: ritual.message,
          more: ritual.lead.map { [Control.Change(key: "lead", values: [$0])] }),
        as: AddReply.self
      ).value
      plan.rituals[index].file = reply.file
    }
  }
}
