import Files

/// Zone files on disk.
enum ZoneFile {
  /// In bytes: more than any real zone has.
  private static let largest = 256 * 1024

  /// The bytes of a regular file; nil where there is none, and where it is too large for a zone.
  static func read(_ path: String) -> [UInt8]? {
    guard let bytes = try? FileContents(of: path, upTo: largest).bytes, bytes.count <= largest else {
      return nil
    }
    return bytes
  }

  /// The name of the zone that a link into a zone folder leads to, such as `Europe/Berlin`.
  static func target(of path: String, in folder: String) -> String? {
    guard let target = try? SymbolicLink.target(of: path) else { return nil }
    for prefix in [folder + "/", "../usr/share/zoneinfo/", "/usr/share/zoneinfo/"]
    where target.hasPrefix(prefix) {
      return String(target.dropFirst(prefix.count))
    }
    return nil
  }
}
