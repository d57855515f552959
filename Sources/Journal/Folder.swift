import Files
import Glibc

/// The folder that the journal is in: made where it is missing, and private.
struct Folder {
  let path: String

  /// The folder of a file.
  init(of file: String) {
    guard let slash = file.lastIndex(of: "/") else {
      path = "."
      return
    }
    path = slash == file.startIndex ? "/" : String(file[..<slash])
  }

  /// Makes it and its parents where they are missing, and sets its mode to 0700.
  func prepare() throws(JournalError) {
    try make()
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw unusable("cannot be opened: \(systemMessage(errno)); make it a folder of your own")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw unusable("cannot be looked at: \(systemMessage(errno))")
    }
    guard status.st_mode & S_ISVTX == 0 else {
      throw unusable("is one that everybody shares; give the journal a folder of its own")
    }
    guard status.st_mode & 0o777 != 0o700 else { return }
    guard fchmod(descriptor, 0o700) == 0 else {
      guard errno != EROFS else { throw .system(errno, path: path) }
      throw unusable(
        "cannot be made private (mode 0700): \(systemMessage(errno)); make it a folder of your own")
    }
  }

  /// Makes new names in it durable. Where a file system cannot do that, there is nothing more to be done.
  func synchronize() { try? Folders.synchronize(path) }

  private func make() throws(JournalError) {
    var made = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      made += part
      if !made.isEmpty, mkdir(made, 0o700) != 0, !Self.exists(made) {
        // A disk may be full or read-only today; anything else wants the user.
        guard ![ENOSPC, EDQUOT, EROFS].contains(errno) else { throw .system(errno, path: path) }
        throw unusable(
          "does not exist and cannot be made: \(systemMessage(errno)); make it, or make its parent writable")
      }
      made += "/"
    }
  }

  /// Whether anything is there; keeps `errno`, which says why it could not be made.
  private static func exists(_ path: String) -> Bool {
    let reason = errno
    defer { errno = reason }
    return access(path, F_OK) == 0
  }

  private func unusable(_ reason: String) -> JournalError {
    .unusable(path: path, reason: "the folder \(reason)")
  }
}
