import Glibc

/// Where words that are about to be written would go.
struct Destination {
  /// The path without symbolic links. The last name need not be there.
  private(set) var path: String
  /// Whether the last name is a link of the kernel's to what a process has open (`/proc/PID/fd/3`, proc(5)),
  /// which is no path: it has to be followed as it is.
  private(set) var isOpenFile = false

  /// As many symbolic links as the kernel follows (path_resolution(7)).
  private static let mostLinks = 40

  /// Follows the links of a path, but for those that another user made in a folder that several users write in:
  /// they lead where that user wants. The kernel refuses those too where `fs.protected_symlinks` is set
  /// (proc(5)); here it does not hang on that.
  init(of path: String) throws(FileError) {
    guard !path.isEmpty else { throw FileError(path, .system(ENOENT)) }
    self.path = path.hasPrefix("/") ? "/" : try Self.workingFolder()
    var names = Array(path.split(separator: "/").reversed())
    var links = 0
    while let name = names.popLast() {
      if name == "." { continue }
      if name == ".." {
        self.path = Folders.parent(of: self.path)
        continue
      }
      let folder = self.path
      self.path = folder == "/" ? "/" + name : folder + "/" + name
      var status = stat()
      guard lstat(self.path, &status) == 0 else {
        if errno == ENOENT, names.isEmpty { return }
        throw FileError(path)
      }
      guard status.st_mode & S_IFMT == S_IFLNK else { continue }
      if names.isEmpty, folder.hasPrefix("/proc/"), folder.hasSuffix("/fd") {
        isOpenFile = true
        return
      }
      links += 1
      guard links <= Self.mostLinks else { throw FileError(path, .system(ELOOP)) }
      guard Self.isTrusted(status, in: folder) else { throw FileError(path, .foreignLink) }
      let target = try Self.target(of: self.path)
      self.path = target.hasPrefix("/") ? "/" : folder
      names += target.split(separator: "/").reversed()
    }
  }

  /// Whether a link was made by this user, by root, or by the owner of a folder that others cannot write in.
  private static func isTrusted(_ link: stat, in folder: String) -> Bool {
    if link.st_uid == geteuid() || link.st_uid == 0 { return true }
    var status = stat()
    guard stat(folder, &status) == 0 else { return false }
    return link.st_uid == status.st_uid || !Folders.isShared(status)
  }

  private static func target(of link: String) throws(FileError) -> String {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(link, &buffer, buffer.count)
    guard count > 0 else { throw FileError(link) }
    return String(decoding: buffer[..<count], as: UTF8.self)
  }

  private static func workingFolder() throws(FileError) -> String {
    guard let path = getcwd(nil, 0) else { throw FileError(".") }
    defer { free(path) }
    return String(cString: path)
  }
}
