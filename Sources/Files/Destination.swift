import Glibc

/// The place that words which are about to be written would go to.
struct Destination {
  /// The path without symbolic links. The last name need not be there.
  let path: String
  /// True if the last name is a link of the kernel's to what a process has open (`/proc/PID/fd/3`, proc(5)).
  /// That is no path, and has to be followed as it is.
  let isOpenFile: Bool

  /// Follows the links of a path, but not those that another user made in a folder that several users write
  /// in: they lead where that user wants. The kernel refuses these too, where `fs.protected_symlinks` is set
  /// (proc(5)); this does not depend on it.
  init(of path: String) throws(FileError) {
    var isOpenFile = false
    let follows = { (step: PathWalk.Step, link: FileStatus) throws(FileError) -> Bool in
      if step.isLast, step.folder.hasPrefix("/proc/"), step.folder.hasSuffix("/fd") {
        isOpenFile = true
        return false
      }
      guard Self.isTrusted(link, in: step.folder) else { throw FileError(path, .foreignLink) }
      return true
    }
    let end = try PathWalk.end(of: path, follows: follows)
    self.path = end.path
    self.isOpenFile = isOpenFile
  }

  /// True if a link was made by this user, by root, or by the owner of a folder that others cannot write in.
  private static func isTrusted(_ link: FileStatus, in folder: String) -> Bool {
    if link.owner == geteuid() || link.owner == 0 { return true }
    guard let status = try? FileStatus(of: folder) else { return false }
    return link.owner == status.owner || !status.othersMayWrite
  }
}
