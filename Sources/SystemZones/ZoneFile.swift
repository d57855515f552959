import Glibc

/// Zone files on disk.
enum ZoneFile {
  /// More than any real zone has.
  private static let largest = 256 * 1024

  /// Tells a file from what it was before.
  struct Stamp: Equatable {
    let inode: UInt64
    let size: Int64
    let changed: Int64
    let nanoseconds: Int64
  }

  /// Nil where there is no such file.
  static func stamp(of path: String) -> Stamp? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Stamp(
      inode: UInt64(status.st_ino), size: Int64(status.st_size), changed: Int64(status.st_ctim.tv_sec),
      nanoseconds: Int64(status.st_ctim.tv_nsec))
  }

  /// What a regular file holds; nil where there is none, or it is too large for a zone.
  static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= largest
    else {
      return nil
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16384)
    while bytes.count <= largest {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count == 0 ? bytes : nil }
      bytes += buffer[..<count]
    }
    return nil
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
