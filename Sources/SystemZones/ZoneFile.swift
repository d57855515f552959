import Files
import Glibc

/// Zone files on disk.
enum ZoneFile {
  /// More than any real zone has.
  private static let largest = 256 * 1024

  /// What a regular file holds; nil where there is none, or it is too large for a zone.
  static func read(_ path: String) -> [UInt8]? {
    guard let bytes = try? FileContents(of: path, upTo: largest).bytes, bytes.count <= largest else {
      return nil
    }
    return bytes
  }

  /// The name that a link into a zone folder stands for, such as `Europe/Berlin`.
  static func target(of path: String, in folder: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    guard count > 0 else { return nil }
    let target = String(decoding: buffer[..<count], as: UTF8.self)
    for prefix in [folder + "/", "../usr/share/zoneinfo/", "/usr/share/zoneinfo/"]
    where target.hasPrefix(prefix) {
      return String(target.dropFirst(prefix.count))
    }
    return nil
  }
}
