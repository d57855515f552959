import Files

/// The stat(2) state of files and folders at one moment: a difference between two means a change. Used if the
/// kernel reports no changes.
struct FileStamps: Equatable {
  private struct Named: Equatable {
    let name: String
    let stamp: FileStamp
  }

  /// Nil for a missing file or a dangling link.
  private let files: [FileStamp?]
  private let folders: [[Named]]

  init(files: [String], folders: [FileWatch.Folder]) {
    self.files = files.map { (try? FileStatus(of: $0))?.stamp }
    self.folders = folders.map { folder in
      let names = (try? FolderEntry.names(in: folder.path, suffix: folder.suffix)) ?? []
      return names.compactMap { name in
        (try? FileStatus(of: Folders.join(folder.path, name))).map { Named(name: name, stamp: $0.stamp) }
      }
    }
  }
}
