import Control
import Files
import Glibc

/// Files of ours beside the journal that hold words: versions of calendars that `ritualctl merge` kept,
/// drafts of `ritualctl edit` that were not taken, and how far guides were walked.
struct KeptFiles {
  private let folders: [String]

  init(_ paths: Paths) { folders = [paths.conflicts, paths.drafts, paths.guides] }

  /// Their paths, with what editors left beside them. A folder that leads elsewhere is not ours.
  var all: [String] {
    folders.flatMap { folder in
      guard Self.kind(of: folder) == S_IFDIR else { return [] as [String] }
      let names = (try? FolderListing.names(in: folder)) ?? []
      return names.map { folder + "/" + String(decoding: $0, as: UTF8.self) }.sorted()
        .filter { Self.kind(of: $0) != S_IFDIR }
    }
  }

  /// Deletes them; throws at the first that cannot be. Returns which they were.
  func erase() throws(FileError) -> [String] {
    var erased: [String] = []
    for file in all {
      guard unlink(file) == 0 || errno == ENOENT else { throw FileError(file, .system(errno)) }
      erased.append(file)
    }
    return erased
  }

  /// Its kind among those of `st_mode`, a link's own; nil where there is nothing.
  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }
}
