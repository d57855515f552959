package import CivilTime
import Files
package import Rituals

/// Erasing parts of the past.
extension Journal {
  /// The amount that `forget` would erase.
  package func count(_ forgetting: Forgetting, in zone: Zone) throws(JournalError) -> Forgotten {
    try Eraser.count(forgetting, in: zone, reader.database)
  }

  /// Erases a part of the past for good: overwrites its bytes in the file and empties the write-ahead log.
  /// Open occurrences stay, and so do the instants from which rituals count. Days are those of `zone`. The
  /// copy of a former format goes as a whole.
  ///
  /// Throws `JournalError.stillInCopy` if that copy cannot be removed, and erases nothing then;
  /// `JournalError.stillInLog` if the rows are gone and the log could not be emptied.
  package func forget(
    _ forgetting: Forgetting, in zone: Zone, now: Instant
  ) throws(JournalError) -> Forgotten {
    let forgotten = try count(forgetting, in: zone)
    try FormerCopy.removeAll(of: path)
    try reader.database.transaction { () throws(JournalError) in
      try Eraser.erase(forgetting, in: zone, now: now, reader.database)
    }
    do throws(JournalError) {
      try reader.database.shred()
    } catch {
      throw .stillInLog(path: path, reason: "\(error)")
    }
    return forgotten
  }

  /// Former files of this journal that were set aside, oldest first, without the files that SQLite keeps
  /// beside them. Nothing deletes them.
  package static func setAsides(of path: String) -> [String] {
    let folder = Folder(of: path).path
    let prefix = String(path.split(separator: "/").last ?? "") + ".damaged-"
    let entries = (try? FolderEntry.all(in: folder)) ?? []
    return entries.map { String(decoding: $0.name, as: UTF8.self) }.filter { name in
      name.hasPrefix(prefix) && !JournalFile.companions.contains { name.hasSuffix($0) }
    }.sorted().map { folder + "/" + $0 }
  }
}
