import Glibc

/// A name in a folder.
package struct FolderEntry: Hashable, Sendable {
  package let folder: String
  /// The bytes of the name, which need not be UTF-8.
  package let name: [UInt8]
  /// The kind of the entry as the folder has it (readdir(3)); a few file systems say `DT_UNKNOWN`.
  private let type: Int32

  /// All names in a folder but `.` and `..`, in no order.
  package static func all(in folder: String) throws(FileError) -> [FolderEntry] {
    guard let handle = opendir(folder) else { throw FileError(folder) }
    defer { closedir(handle) }
    var entries: [FolderEntry] = []
    // Read in place: an entry is as long as its record, which may be shorter than the struct.
    let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
    while let entry = readdir(handle) {
      let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
      let name = UnsafeBufferPointer(start: start, count: strlen(start)).map { UInt8(truncatingIfNeeded: $0) }
      guard name != [0x2E], name != [0x2E, 0x2E] else { continue }
      entries.append(FolderEntry(folder: folder, name: name, type: Int32(entry.pointee.d_type)))
    }
    return entries
  }

  /// The names that are UTF-8, end in `suffix` and do not begin with a dot, in the order of their bytes.
  /// Hidden names are those of editors, and of other programs that are about to write.
  package static func names(in folder: String, suffix: String) throws(FileError) -> [String] {
    try all(in: folder).compactMap { String(validating: $0.name, as: UTF8.self) }
      .filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The path, with U+FFFD for what is not UTF-8.
  package var path: String { Folders.join(folder, String(decoding: name, as: UTF8.self)) }

  /// True for a folder, and not for a symbolic link to one.
  package var isFolder: Bool { isOf(DT_DIR, S_IFDIR) }

  package var isLink: Bool { isOf(DT_LNK, S_IFLNK) }

  private func isOf(_ type: Int, _ format: mode_t) -> Bool {
    guard self.type == Int32(DT_UNKNOWN) else { return self.type == Int32(type) }
    var status = stat()
    return lstat(cPath, &status) == 0 && status.st_mode & S_IFMT == format
  }

  /// Removes the name from its folder (unlink(2)).
  package func remove() throws(FileError) {
    guard unlink(cPath) == 0 else { throw FileError(path) }
  }

  private var cPath: [CChar] {
    (Array("\(folder)/".utf8) + name).map { CChar(truncatingIfNeeded: $0) } + [0]
  }
}
