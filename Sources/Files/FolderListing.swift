import Glibc

/// The names in a folder.
package enum FolderListing {
  /// All names but `.` and `..`, as their bytes and in no order: a name need not be UTF-8.
  package static func names(in folder: String) throws(FileError) -> [[UInt8]] {
    guard let handle = opendir(folder) else { throw FileError(folder) }
    defer { closedir(handle) }
    var names: [[UInt8]] = []
    // Read in place: an entry is as long as its record, which may be shorter than the struct.
    let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
    while let entry = readdir(handle) {
      let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
      let name = UnsafeBufferPointer(start: start, count: strlen(start)).map { UInt8(truncatingIfNeeded: $0) }
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
    }
    return names
  }

  /// The names that are UTF-8, end in `suffix` and do not begin with a dot, in the order of their bytes.
  /// Hidden ones are those of editors, and of others who are about to write.
  package static func names(in folder: String, suffix: String) throws(FileError) -> [String] {
    try names(in: folder).compactMap { String(validating: $0, as: UTF8.self) }
      .filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
