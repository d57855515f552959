import Glibc

/// What a file was when it was looked at: another one, or the same one written anew, is another stamp.
struct FileStamp: Hashable, Sendable {
  let size: Int
  private let inode: UInt64
  private let modified: Int64
  private let changed: Int64

  init(_ status: stat) {
    size = Int(status.st_size)
    inode = UInt64(status.st_ino)
    modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
  }
}

/// The files of a folder that end in `.ics`. Hidden ones are somebody's who is about to write.
enum FolderListing {
  /// Their names in the order of their bytes, with their stamps; nil for what is no regular file.
  static func files(in folder: String) throws(VdirError) -> [(name: String, stamp: FileStamp?)] {
    guard let handle = opendir(folder) else { throw VdirError(code: errno) }
    defer { closedir(handle) }
    let descriptor = dirfd(handle)
    // Read in place: an entry is as long as its record, which may be shorter than the struct.
    let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
    var files: [(name: String, stamp: FileStamp?)] = []
    while let entry = readdir(handle) {
      let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
      guard let name = String(validatingCString: start), name.hasSuffix(".ics"), !name.hasPrefix(".") else {
        continue
      }
      var status = stat()
      guard fstatat(descriptor, name, &status, 0) == 0 else { continue }
      files.append((name, status.st_mode & S_IFMT == S_IFREG ? FileStamp(status) : nil))
    }
    return files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}
