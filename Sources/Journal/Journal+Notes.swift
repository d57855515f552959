package import CivilTime
import Files
package import Rituals

/// What people wrote, and its deletion.
extension Journal {
  /// How much `forget` would erase.
  package func count(_ forgetting: Forgetting, in zone: Zone) throws(JournalError) -> Forgotten {
    try Eraser.count(forgetting, in: zone, database)
  }

  /// Erases a part of the past for good: its bytes are overwritten in the file, and the write-ahead log is
  /// emptied. Occurrences that have not ended stay, and so does from when on rituals count. Days are those of
  /// `zone`.
  ///
  /// Throws `JournalError.stillInLog` where the rows are gone and the log could not be emptied; `shred` tries
  /// that again.
  package func forget(
    _ forgetting: Forgetting, in zone: Zone, now: Instant
  ) throws(JournalError) -> Forgotten {
    let forgotten = try count(forgetting, in: zone)
    try database.transaction { () throws(JournalError) in
      try Eraser.erase(forgetting, in: zone, now: now, database)
    }
    try shred()
    return forgotten
  }

  /// Makes sure that the files hold nothing that was erased.
  package func shred() throws(JournalError) {
    do throws(JournalError) {
      try database.shred()
    } catch {
      throw .stillInLog(path: path, reason: "\(error)")
    }
  }

  /// Files of this journal that were set aside, oldest first, without what SQLite keeps beside them: they
  /// hold what they held, and nothing deletes them.
  package static func setAsides(of path: String) -> [String] {
    let folder = Folder(of: path).path
    let prefix = String(path.split(separator: "/").last ?? "") + ".damaged-"
    let entries = (try? FolderEntry.all(in: folder)) ?? []
    return entries.map { String(decoding: $0.name, as: UTF8.self) }.filter { name in
      name.hasPrefix(prefix) && !JournalFile.companions.contains { name.hasSuffix($0) }
    }.sorted().map { folder + "/" + $0 }
  }
}
