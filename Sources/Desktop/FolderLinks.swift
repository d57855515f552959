import Glibc

/// The symbolic links in a folder.
enum FolderLinks {
  /// Their names in no order; also those of which the file system does not say what they are. None where the
  /// folder cannot be read.
  static func names(in folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      guard Int32(entry.pointee.d_type) == Int32(DT_LNK) || Int32(entry.pointee.d_type) == Int32(DT_UNKNOWN)
      else { continue }
      // Read in place: an entry is as long as its record, which may be shorter than the struct.
      let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
      names.append(
        String(cString: UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)))
    }
    return names
  }
}
