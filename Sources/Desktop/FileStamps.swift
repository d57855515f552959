import Files

/// The state of files and folders at a moment, by stat(2): two that differ mean that something in them has
/// changed. It serves where the system does not tell of changes.
struct FileStamps: Equatable {
  private struct Named: Equatable {
    let name: String
    let stamp: FileStamp
  }

  /// Nil where no file is, or a link to none.
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
