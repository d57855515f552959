package import Files
import ICalendar

/// Calendar files, as large as they may be.
package enum VdirFile {
  /// A file's bytes, at most one over 1 MiB.
  package static func bytes(_ path: String) throws(FileError) -> [UInt8] { try contents(path).bytes }

  static func contents(_ path: String) throws(FileError) -> FileContents {
    try FileContents(of: path, upTo: Bounds.file)
  }

  /// Changes a file; see `AtomicFile.update`. Returns whether it was written. Also one of another user's: a
  /// folder that two users of a machine share has files of both, and what goes into it is for both.
  package static func update(_ path: String, _ change: ([UInt8]) throws -> [UInt8]?) throws -> Bool {
    try AtomicFile.update(path, upTo: Bounds.file, of: .anyone, change)
  }
}
