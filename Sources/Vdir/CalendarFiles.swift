import Files
import Glibc

/// The files of a calendar's folder: those whose names end in `.ics`.
enum CalendarFiles {
  /// Their names in the order of their bytes, with their stamps; nil for what is no regular file.
  static func list(in folder: String) throws(FileError) -> [(name: String, stamp: FileStamp?)] {
    var files: [(name: String, stamp: FileStamp?)] = []
    for name in try FolderListing.names(in: folder, suffix: ".ics") {
      var status = stat()
      guard stat(folder + "/" + name, &status) == 0 else { continue }
      files.append((name, status.st_mode & S_IFMT == S_IFREG ? FileStamp(status) : nil))
    }
    return files
  }
}
