import Files

/// A file for its user's eyes alone: a report, an export of notes.
package enum PrivateFile {
  /// Writes it, 0600; a file that is there is replaced as a whole, also behind a symbolic link. What is no
  /// file but a way to somewhere, a device or a named pipe, is written into: the user who names it wants
  /// that.
  package static func write(_ path: String, _ bytes: [UInt8]) throws(SettingsError) {
    do throws(FileError) {
      if AtomicFile.isStream(path) {
        try AtomicFile.append(path, bytes)
      } else {
        try AtomicFile.write(path, bytes, mode: 0o600)
      }
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
