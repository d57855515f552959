import Glibc

/// A folder of decks, guides or presets.
enum ContentFolder {
  /// The names that end in `.toml`, sorted; hidden ones are editors' own. None where it cannot be read.
  static func names(in folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      // Read in place: an entry is as long as its record, which may be shorter than the struct.
      let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
      let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
      let name = String(cString: start)
      if name.hasSuffix(".toml"), !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// Whether there is something of this path.
  static func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
