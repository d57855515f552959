import Files

/// The files of a calendar's folder: those whose names end in `.ics`.
enum CalendarFiles {
  /// Their names, in the order of the bytes, with their stamps. The stamp is nil for what is no regular file.
  static func list(in folder: String) throws(FileError) -> [(name: String, stamp: FileStamp?)] {
    var files: [(name: String, stamp: FileStamp?)] = []
    for name in try FolderEntry.names(in: folder, suffix: ".ics") {
      guard let status = try? FileStatus(of: folder + "/" + name) else { continue }
      files.append((name, status.kind == .file ? status.stamp : nil))
    }
    return files
  }
}
