import ArgumentParser
import CivilTime
import Control
import Files
import Glibc
import ICalendar
import Phrases
import Rituals
import Schedules
import Settings
import SystemZones
import Vdir

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "export", abstract: "Writes the rituals as a calendar.",
    discussion: """
      Examples:
        ritualctl export > rituals.ics
        ritualctl export --vdir ~/.local/share/calendars/us --ritual state-of-us

      Needs no daemon. What is already there is brought up to date, and left alone where nothing changed. Titles \
      and times are written; messages only with --words full. The daemon can keep a folder up to date on its own: \
      see publish in [calendar.NAME].
      """)

  @Argument(
    help: ArgumentHelp(
      "The calendar file, 0600 where it is new; standard output without it.", valueName: "file"),
    completion: .calendars)
  var file: String?

  @Option(
    help: ArgumentHelp(
      "A folder with a file for each event, in place of one file; made where it is missing.",
      valueName: "folder"), completion: .directory)
  var vdir: String?

  @Option(
    help: ArgumentHelp("A ritual; may be given several times. All by default.", valueName: "id"),
    completion: .rituals)
  var ritual: [String] = []

  @Option(help: "titles, or full for the messages too.", completion: .list(["titles", "full"]))
  var words = "titles"

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard PublishedWords(rawValue: words) != nil else {
      throw ValidationError("--words \(words): not understood; accepted: titles or full")
    }
    guard vdir == nil || file == nil else { throw ValidationError("either a file or --vdir, not both") }
  }

  func run() throws {
    let zones = SystemZones()
    let loaded = Settings.load(folder: UserFolders.paths.configuration, zones: zones)
    if loaded.hasErrors { warn("the configuration has mistakes, see: ritualctl check") }
    let rituals = try chosen(loaded.configuration.rituals)
    let export = RitualExport(
      rituals: rituals, words: PublishedWords(rawValue: words) ?? .titles, now: SystemClock.now,
      local: (try? zones.local()) ?? .utc,
      owner: Owner.key(home: UserFolders.paths.home))
    if let vdir { try prepare(vdir) }
    let report: ExportReport
    do {
      if let vdir {
        report = export.write(toFolder: vdir)
      } else if let file, !OutputFile.isStandard(file) {
        report = try export.write(toFile: file)
      } else {
        report = export.report
      }
    } catch {
      throw Failure("\(TerminalText.line(vdir ?? file ?? "")): \(error)")
    }
    for warning in report.warnings { warn(warning) }
    if !options.json, let text = report.text {
      Terminal.write(text)
    } else {
      try options.print(report) { _ in
        Wording.count(report.written.count, "file written", "files written")
      }
    }
    if !report.failures.isEmpty { throw ExitCode(Failure.refused) }
  }

  /// Makes the folder where it is missing. A folder that cannot be written is said once, and not for each
  /// file.
  private func prepare(_ folder: String) throws {
    do throws(FileError) {
      try Folders.make(folder)
    } catch {
      throw Failure(TerminalText.line("cannot write \(folder): cannot create the folder: \(error)"))
    }
    do throws(FileError) {
      try Folders.checkWritable(folder)
    } catch {
      throw Failure("\(TerminalText.line(folder)): \(error)")
    }
  }

  private func chosen(_ all: [Ritual]) throws -> [Ritual] {
    guard !ritual.isEmpty else { return all.filter(\.isEnabled) }
    return try ritual.map { text in
      if let found = all.first(where: { $0.id.text == text }) { return found }
      let hint = nearest(text, among: all.map(\.id.text)).map { "; did you mean \($0)?" } ?? ""
      throw Failure("there is no ritual \(TerminalText.exact(text))\(hint)")
    }
  }

  private func warn(_ message: String) { Terminal.tell("ritualctl: \(message)\n", to: STDERR_FILENO) }
}

/// The result of an export.
struct ExportReport: Encodable {
  /// The number of events that the rituals make.
  var events: Int
  /// The files that were written; a file in which nothing changed is none of them.
  var written: [String] = []
  var warnings: [String] = []
  var failures: [String] = []
  /// The calendar, where it goes to standard output.
  var text: String?
}

/// Rituals to be written to a file or a folder.
struct RitualExport {
  let rituals: [Ritual]
  let words: PublishedWords
  let now: Instant
  let local: Zone
  /// See `Owner`.
  let owner: String

  private var events: [OutgoingEvent] {
    return rituals.flatMap {
      OutgoingEvent.events(of: $0, owner: owner, words: words, now: now, local: local)
    }
  }

  private var calendar: CalendarText {
    let events = events
    return OutgoingEvent.calendar(
      events.map { $0.component(now: now) }, zones: events.compactMap(\.dates.zone),
      year: local.local(at: now).civil.date.year, version: ritualVersion)
  }

  /// The calendar as a text.
  var report: ExportReport {
    var report = ExportReport(events: events.count)
    report.warnings = warnings
    report.text = String(decoding: calendar.bytes, as: UTF8.self)
    return report
  }

  func write(toFile path: String) throws -> ExportReport {
    var report = ExportReport(events: events.count)
    report.warnings = warnings
    report.written = try update(path) ? [path] : []
    return report
  }

  /// Brings a file of this user's up to date, or makes it, also behind a symbolic link. Returns whether it
  /// was written.
  private func update(_ path: String) throws -> Bool {
    do {
      return try AtomicFile.update(path, upTo: Bounds.file, patience: 2000) { bytes in
        var text = try CalendarText(parsing: bytes)
        var isChanged = false
        for event in events where event.update(&text, now: now) { isChanged = true }
        return isChanged ? text.bytes : nil
      }
    } catch let error as FileError where error.isMissing {
      try AtomicFile.create(path, calendar.bytes)
    } catch let error as FileError where error.cause == .notRegular {
      try AtomicFile.write(path, calendar.bytes)
    }
    return true
  }

  func write(toFolder path: String) -> ExportReport {
    let outcome = Publisher(
      folder: path, owner: owner, words: words, version: ritualVersion, now: now, local: local
    ).publish(rituals)
    var report = ExportReport(events: outcome.uids.count)
    report.written = outcome.written
    report.failures = outcome.failures.map { "\($0.file): \($0.text)" }
    report.warnings = warnings + report.failures
    return report
  }

  private var warnings: [String] {
    let onlyAYear = Set(events.filter(\.isOnlyAYear).map(\.ritual)).sorted()
    let never = rituals.filter { ritual in !events.contains { $0.ritual == ritual.id } }
    return onlyAYear.map {
      "\($0): no rule of calendars says its schedule; the dates of a year are there, export it again before they end"
    } + never.map { "\($0.id): it never comes again, and is left out" }
  }
}
