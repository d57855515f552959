import ArgumentParser
import CivilTime
import Control
import Files
import Glibc
import ICalendar
import SystemZones

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "merge", abstract: "Brings two versions of a calendar file together, for vdirsyncer.",
    discussion: """
      Both files become the same. The later change to an event wins, and the answers of both are kept. A version \
      whose words would be lost is saved whole in the folder conflicts beside the journal, and its path is printed.

      In vdirsyncer's configuration: conflict_resolution = ["command", "ritualctl", "merge"]
      """)

  @Argument(help: ArgumentHelp("One version.", valueName: "a.ics"), completion: .calendars)
  var first: String

  @Argument(help: ArgumentHelp("The other one.", valueName: "b.ics"), completion: .calendars)
  var second: String

  @OptionGroup var options: GlobalOptions

  /// The result, as JSON.
  private struct MergeResult: Encodable {
    /// The path of the version that lost words; nil where none did.
    var saved: String?
  }

  func run() throws {
    let versions = try [first, second].map { (path: $0, bytes: try InputFile.read($0)) }
    let texts = try versions.map { version in
      do throws(ICalendarError) {
        return try CalendarText(parsing: version.bytes)
      } catch {
        throw Failure(
          "\(TerminalText.line(version.path)): \(TerminalText.line("\(error)"))", status: EX_DATAERR)
      }
    }
    let merge = CalendarMerge(texts[0], texts[1])
    var report = MergeResult()
    do {
      if let loser = merge.loser { report.saved = try save(versions[loser == .first ? 0 : 1].bytes) }
      for version in versions {
        // A file that was changed since it was read stays as it is, and vdirsyncer asks again.
        guard
          try version.bytes == merge.text.bytes
            || AtomicFile.replace(version.path, ifStill: version.bytes, with: merge.text.bytes)
        else { throw FileError(version.path, .beingWritten) }
      }
    } catch {
      throw Failure("\(error)")
    }
    try options.print(report) { _ in
      report.saved.map { "both changed it; the version that does not hold is \($0)" } ?? ""
    }
  }

  private func save(_ bytes: [UInt8]) throws -> String {
    let folder = try PrivateFolder(UserFolders.paths.conflicts, isMade: true)
    let time = SystemClock.now.formatted(in: .utc).prefix(19).filter { $0 != ":" && $0 != "-" }
    let name = "\(time)-\(Digest.hexadecimal(Digest.sha256(bytes).prefix(4))).ics"
    try folder.write(name, bytes)
    return folder.path + "/" + name
  }
}
