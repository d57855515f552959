import CLinux
import Glibc

/// The state of files and folders at a moment, by stat(2): two that differ mean that something in them has
/// changed. For those that nobody tells of.
struct FileStamps: Equatable {
  private struct Stamp: Equatable {
    let name: String
    let device: UInt64
    let file: UInt64
    let size: Int64
    /// In nanoseconds since the epoch: when its bytes changed, and when anything of it did.
    let modified: Int64
    let changed: Int64

    /// Nil where there is nothing, or a link to nothing.
    init?(_ path: String, name: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      self.name = name
      device = UInt64(status.st_dev)
      file = UInt64(status.st_ino)
      size = Int64(status.st_size)
      modified = Self.nanoseconds(status.st_mtim)
      changed = Self.nanoseconds(status.st_ctim)
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
      // A file system may hold any number; that it is another one is enough.
      Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
  }

  private let files: [Stamp?]
  private let folders: [[Stamp]]

  init(files: [String], folders: [FileWatch.Folder]) {
    self.files = files.map { Stamp($0, name: "") }
    self.folders = folders.map { folder in
      FolderNames.all(in: folder.path).filter(folder.covers).sorted().compactMap { name in
        Stamp(PathTrail.join(folder.path, name), name: name)
      }
    }
  }
}
