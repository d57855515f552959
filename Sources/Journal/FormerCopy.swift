import Files
import Glibc

/// The copy of a journal that is kept before a migration, for going back to the version that wrote it. It is
/// beside the journal and named after its format: `journal.sqlite.format-8`. There is one at most
/// (docs/journal.md).
enum FormerCopy {
  /// Keeps a copy of a database that has format `format`, in place of all other copies. Returns its path. The
  /// caller has the journal's lock. Throws `JournalError.noCopy` for what is in the copy's way.
  static func keep(of database: borrowing Database, format: Int) throws(JournalError) -> String {
    let path = base(database.path) + "\(format)"
    let draft = path + ".new"
    do throws(JournalError) {
      // A folder would refuse the copy only after all of it was written, and so at each try.
      try checkFree(path)
      try remove(draft)
      try JournalFile.makePrivate(draft, creating: true)
      try database.copy(to: draft)
      try move(draft, to: path)
    } catch {
      try? Folders.removeName(draft)
      if case .unusable(let path, let reason) = error { throw .noCopy(path: path, reason: reason) }
      throw error
    }
    Folder(of: path).synchronize()
    for other in all(of: database.path) where other != path && isOwn(other, of: database.path) {
      try? Folders.removeName(other)
    }
    return path
  }

  /// Removes every copy of the journal at `path`, because a part of the past is to be forgotten; also those
  /// that the user named after them.
  static func removeAll(of path: String) throws(JournalError) {
    for copy in all(of: path) {
      do throws(FileError) {
        try Folders.removeName(copy)
      } catch {
        if !error.isMissing { throw .stillInCopy(path: copy, reason: "\(error)") }
      }
    }
  }

  /// The copies, and what is left of one that was not finished.
  private static func all(of path: String) -> [String] {
    let base = base(path)
    let entries = (try? FolderEntry.all(in: Folder(of: path).path)) ?? []
    return entries.map(\.path).filter { $0.hasPrefix(base) }
  }

  /// True for a name that `keep` gives. A user may have named another copy after it: `….format-8.mine`.
  private static func isOwn(_ copy: String, of path: String) -> Bool {
    let rest = copy.dropFirst(base(path).count)
    return Int(rest.hasSuffix(".new") ? rest.dropLast(4) : rest) != nil
  }

  /// Throws if something else than a file has the path.
  private static func checkFree(_ path: String) throws(JournalError) {
    guard let kind = try? FileStatus.find(path)?.kind, kind != .file else { return }
    throw .file(FileError(path, kind == .folder ? .system(EISDIR) : .notRegular))
  }

  private static func base(_ path: String) -> String { path + ".format-" }

  private static func remove(_ path: String) throws(JournalError) {
    do throws(FileError) {
      try Folders.removeName(path)
    } catch {
      if !error.isMissing { throw .file(error) }
    }
  }

  private static func move(_ path: String, to other: String) throws(JournalError) {
    do throws(FileError) { try Folders.moveName(path, to: other) } catch { throw .file(error) }
  }
}
