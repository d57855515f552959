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
      for folder in folders {
        for path in try Self.paths(in: folder) where try Self.kind(of: path) != S_IFDIR {
          all.append(Self.text(path))
        }
      }
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
        for path in try Self.paths(in: folder) {
          if unlink(Self.name(path)) == 0 {
            erased.append(Self.text(path))
          } else if errno != ENOENT {
            first = first ?? FileError(Self.text(path), .system(errno))
          }
        }
      } catch {
        first = first ?? error
      }
    }
    if let first { throw first }
    return erased
  }

  /// What is in a folder, as bytes and in their order: a name need not be UTF-8. A folder that leads
  /// elsewhere is not ours.
  private static func paths(in folder: String) throws(FileError) -> [[UInt8]] {
    guard try kind(of: Array(folder.utf8)) == S_IFDIR else { return [] }
    return try FolderListing.names(in: folder).map { Array("\(folder)/".utf8) + $0 }
      .sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Its kind among those of `st_mode`, a link's own; nil where there is nothing.
  private static func kind(of path: [UInt8]) throws(FileError) -> mode_t? {
    var status = stat()
    guard lstat(name(path), &status) != 0 else { return status.st_mode & S_IFMT }
    guard errno == ENOENT || errno == ENOTDIR else { throw FileError(text(path), .system(errno)) }
    return nil
  }

  /// A path for a call of the system's.
  private static func name(_ path: [UInt8]) -> [CChar] { path.map { CChar(bitPattern: $0) } + [0] }

  /// A path for people.
  private static func text(_ path: [UInt8]) -> String { String(decoding: path, as: UTF8.self) }
}
