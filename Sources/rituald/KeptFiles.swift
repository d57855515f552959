import Control
import Files
import Glibc

/// Files of ours beside the journal that hold words: versions of calendars that `ritualctl merge` kept,
/// drafts of `ritualctl edit` that were not taken, and how far guides were walked.
struct KeptFiles {
  private let folders: [String]

  init(_ paths: Paths) { folders = [paths.conflicts, paths.drafts, paths.guides] }

  /// Their paths, with what editors left beside them. Throws where a folder cannot be read.
  var all: [String] {
    get throws(FileError) {
      var all: [String] = []
      for folder in folders { all += try Self.entries(in: folder).filter { !$0.isFolder }.map(\.path) }
      return all
    }
  }

  /// Deletes them, as many as can be. Throws the first that stays, also for a folder, which is none of ours
  /// and may hold words. Returns which they were.
  func erase() throws(FileError) -> [String] {
    var erased: [String] = []
    var first: FileError?
    for folder in folders {
      do throws(FileError) {
        for entry in try Self.entries(in: folder) {
          do throws(FileError) {
            try entry.remove()
            erased.append(entry.path)
          } catch {
            if !error.isMissing { first = first ?? error }
          }
        }
      } catch {
        first = first ?? error
      }
    }
    if let first { throw first }
    return erased
  }

  /// What is in a folder, in the order of the names' bytes. A folder that leads elsewhere is not ours.
  private static func entries(in folder: String) throws(FileError) -> [FolderEntry] {
    guard try FileStatus.find(folder)?.kind == .folder else { return [] }
    return try FolderEntry.all(in: folder).sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }
}
