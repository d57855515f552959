import Files

/// A file for its user's eyes alone: a report, an export of notes.
package enum PrivateFile {
  /// Writes it, or into what is no file but a way to somewhere; see `AtomicFile.write`. A new file is 0600.
  package static func write(_ path: String, _ bytes: [UInt8]) throws(SettingsError) {
    do throws(FileError) {
      try AtomicFile.write(path, bytes)
    } catch {
      throw .notWritable(path: path, reason: error.reason)
    }
  }

  /// Makes a folder for such files, 0700, and those above it; one that is there is left as it is.
  package static func makeFolder(_ path: String) throws(SettingsError) {
    do throws(FileError) {
      try Folders.make(path)
    } catch {
      throw .notWritable(path: path, reason: "the folder cannot be made: \(error.reason)")
    }
  }
}
