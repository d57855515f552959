import ArgumentParser
import CivilTime
import Control
import Files
import Glibc
import ICalendar

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Brings two versions of a calendar file together, for vdirsyncer.",
    discussion: """
      Both files become the same. The later change of an event holds, and the answers of both are kept. A version that
      loses words is saved whole in the folder conflicts beside the journal, and its path is said.

      In vdirsyncer's configuration: conflict_resolution = ["command", "ritualctl", "merge"]
      """)

  @Argument(help: ArgumentHelp("One version.", valueName: "a.ics"), completion: .calendars)
  var first: String

  @Argument(help: ArgumentHelp("The other one.", valueName: "b.ics"), completion: .calendars)
  var second: String

  @OptionGroup var options: GlobalOptions

  /// What became of it.
  private struct Report: Encodable {
    /// Where the version is that lost words; nil where none did.
    var saved: String?
  }

  func run() throws {
    let versions = try [first, second].map { (path: $0, bytes: try InputFile.read($0)) }
    let texts = try versions.map { version in
      do throws(ICalendarError) {
        return try CalendarText(parsing: version.bytes)
      } catch {
        throw Failure.exit("\(Plain.text(version.path)): \(Plain.text("\(error)"))", status: EX_DATAERR)
      }
    }
    let merge = CalendarMerge(texts[0], texts[1])
    var report = Report()
    do {
      if let loser = merge.loser { report.saved = try save(versions[loser == .first ? 0 : 1].bytes) }
      for version in versions {
        // What was saved since it was read would be lost: vdirsyncer asks again then.
        guard
          try version.bytes == merge.text.bytes
            || AtomicFile.replace(version.path, ifStill: version.bytes, with: merge.text.bytes)
        else { throw FileError(version.path, .beingWritten) }
      }
    } catch {
      throw Failure.exit("\(error)", status: Failure.refused)
    }
    try options.print(report) { _ in
      report.saved.map { "both changed it; the version that does not hold is \($0)" } ?? ""
    }
  }

  private func save(_ bytes: [UInt8]) throws -> String {
    let folder = try PrivateFolder(options.paths.conflicts, isMade: true)
    let time = SystemClock.now.formatted(in: .utc).prefix(19).filter { $0 != ":" && $0 != "-" }
    let name = "\(time)-\(Digest.hexadecimal(Digest.sha256(bytes).prefix(4))).ics"
    try folder.write(name, bytes)
    return folder.path + "/" + name
  }
}
