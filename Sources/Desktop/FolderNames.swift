import Glibc

/// The names in a folder.
enum FolderNames {
  /// All of them in no order; none where it cannot be read.
  static func all(in folder: String) -> [String] { names(in: folder) { _ in true } }

  /// Those of symbolic links; where the file system does not say what a name is, it may be one.
  static func links(in folder: String) -> [String] {
    names(in: folder) { $0 == Int32(DT_LNK) || $0 == Int32(DT_UNKNOWN) }
  }

  private static func names(in folder: String, where isWanted: (Int32) -> Bool) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      guard isWanted(Int32(entry.pointee.d_type)) else { continue }
      // Read in place: an entry is as long as its record, which may be shorter than the struct.
      let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
      names.append(
        String(cString: UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)))
    }
    return names
  }
}
