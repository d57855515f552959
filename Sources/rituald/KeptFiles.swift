import Control
import Files
import Glibc

/// Our files beside the journal that have private words: versions of calendars that `ritualctl merge` kept,
/// drafts of `ritualctl edit` that were refused, and the progress in guides.
struct KeptFiles {
  private let folders: [String]

  init(_ paths: Paths) { folders = [paths.conflicts, paths.drafts, paths.guides] }

  /// Their paths, and those of files that editors left beside them. Throws if a folder cannot be read.
  var all: [String] {
    get throws(FileError) {
      var all: [String] = []
      for folder in folders { all += try Self.entries(in: folder).filter { !$0.isFolder }.map(\.path) }
      return all
    }
  }

  /// Deletes as many as possible, and returns their paths. Throws for the first that stays; also for a
  /// folder: it is not ours and may have words.
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

  /// The entries of a folder, sorted by the bytes of their names. Empty for a link to a folder: that is not
  /// ours.
  private static func entries(in folder: String) throws(FileError) -> [FolderEntry] {
    guard try FileStatus.find(folder)?.kind == .folder else { return [] }
    return try FolderEntry.all(in: folder).sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }
}
