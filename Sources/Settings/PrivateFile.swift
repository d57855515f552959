/// A file for its user's eyes alone: a report, an export of notes.
package enum PrivateFile {
  /// Writes it, 0600; a file that is there is replaced as a whole, and a symbolic link too. What is no file but a way to
  /// somewhere, a device or a named pipe, is written into: whoever names it wants that.
  package static func write(_ path: String, _ bytes: [UInt8]) throws(SettingsError) {
    do throws(AtomicFile.WriteError) {
      if AtomicFile.isStream(path) {
        try AtomicFile.append(path, bytes)
      } else {
        try AtomicFile.replaceName(path, bytes)
      }
    } catch {
      switch error {
      case .exists: throw SettingsError.notWritable(path: path, reason: "there is one already")
      case .failed(let path, let reason): throw SettingsError.notWritable(path: path, reason: reason)
      }
    }
  }

  /// Makes a folder for such files, 0700, and those above it; one that is there is left as it is.
  package static func makeFolder(_ path: String) throws(SettingsError) {
    do throws(AtomicFile.WriteError) {
      try AtomicFile.makeFolder(path)
    } catch {
      let reason = if case .failed(_, let reason) = error { ": " + reason } else { "" }
      throw SettingsError.notWritable(path: path, reason: "the folder cannot be made" + reason)
    }
  }
}
