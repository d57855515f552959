import Descriptors
import Files
import Glibc

/// The folder that the journal is in: made where it is missing, and private.
struct Folder {
  let path: String

  /// The folder of a file.
  init(of file: String) { path = Folders.parent(of: file) }

  /// Makes it and its parents where they are missing, and sets its mode to 0700.
  func prepare() throws(JournalError) {
    do throws(FileError) {
      try Folders.make(path)
    } catch {
      // A disk may be full or read-only today; anything else wants the user.
      if let code = error.code, [ENOSPC, EDQUOT, EROFS].contains(code) { throw .system(code, path: path) }
      throw unusable(
        "does not exist and cannot be made: \(error); make it, or make its parent writable")
    }
    let isShared: Bool
    let error: ErrorNumber
    do throws(FileError) {
      let folder = try Descriptor(opening: path, O_RDONLY | O_DIRECTORY)
      let mode = try FileStatus(ofOpen: folder.raw, path).mode
      isShared = mode & S_ISVTX != 0
      guard isShared || mode & 0o777 != 0o700 && fchmod(folder.raw, 0o700) != 0 else { return }
      error = .last
    } catch {
      throw unusable("cannot be opened: \(error); make it a folder of your own")
    }
    if isShared { throw unusable("is one that everybody shares; give the journal a folder of its own") }
    guard error.code != EROFS else { throw .system(error.code, path: path) }
    throw unusable("cannot be made private (mode 0700): \(error); make it a folder of your own")
  }

  /// Makes new names in it durable. Where a file system cannot do that, there is nothing more to be done.
  func synchronize() { try? Folders.synchronize(path) }

  private func unusable(_ reason: String) -> JournalError {
    .unusable(path: path, reason: "the folder \(reason)")
  }
}
