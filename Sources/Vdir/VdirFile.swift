package import Files
import ICalendar

/// One calendar file, up to the size that a calendar file may have (`Bounds.file`).
package enum VdirFile {
  /// The bytes of a file, at most one over the bound.
  package static func bytes(_ path: String) throws(FileError) -> [UInt8] { try contents(path).bytes }

  static func contents(_ path: String) throws(FileError) -> FileContents {
    try FileContents(of: path, upTo: Bounds.file)
  }

  /// Changes a file, also one of another user's; see `AtomicFile.update`. A folder that two users of a
  /// machine share has files of both, and what goes into it is for both. Returns whether the file was
  /// written.
  package static func update(_ path: String, _ change: ([UInt8]) throws -> [UInt8]?) throws -> Bool {
    try AtomicFile.update(path, upTo: Bounds.file, of: .anyone, change)
  }
}
