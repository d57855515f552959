package import CivilTime
import Files
import Glibc

/// A file that was in the journal's place and was set aside: a damaged one, or another program's.
package struct DisplacedJournal: Hashable, Sendable {
  /// Its former path, which is the journal's.
  package let path: String
  /// Its present path.
  package let aside: String
  /// The reason.
  package let cause: SQLiteFailure
}

extension DisplacedJournal: CustomStringConvertible {
  /// A line for the log and for `ritualctl status`. It names files, and no ritual's words.
  package var description: String {
    "\(path): not a journal, or a damaged one (\(cause)); it is kept as \(aside), and a new one was begun"
  }
}

extension Journal {
  /// Moves a damaged journal aside, with the files that SQLite keeps beside it, to names with `now` in UTC,
  /// such as `journal.sqlite.damaged-20261127-193000`. Deletes and overwrites nothing. Returns the new path
  /// of the database. Not while a `Journal` has it open.
  package static func setAside(_ path: String, at now: Instant) throws(JournalError) -> String {
    let lock = try JournalLock(of: path)
    defer { withExtendedLifetime(lock) {} }
    return try moveAway(path, at: now)
  }

  /// The same, for a caller that has the lock.
  static func moveAway(_ path: String, at now: Instant) throws(JournalError) -> String {
    let target = freeName(path + ".damaged-" + stamp(now))
    // The database goes first. If the move is interrupted, the next start finds a log without its database
    // and moves it; a database without its log would pass for a whole journal.
    for suffix in [""] + JournalFile.companions {
      do throws(FileError) {
        try Folders.moveName(path + suffix, to: target + suffix)
      } catch {
        if !error.isMissing { throw .file(error) }
      }
    }
    Folder(of: path).synchronize()
    return target
  }

  /// `base`, or `base` with the first number that makes it a free name. The lock keeps other processes from
  /// taking it.
  private static func freeName(_ base: String) -> String {
    var name = base
    var number = 1
    while ([""] + JournalFile.companions).contains(where: { (try? FileStatus.find(name + $0)) != nil }) {
      number += 1
      name = "\(base)-\(number)"
    }
    return name
  }

  /// `20261127-193000`, in UTC.
  private static func stamp(_ instant: Instant) -> String {
    let civil = Zone.utc.local(at: instant).civil
    let clock = [civil.hour, civil.minute, civil.second].map { Digits.padded($0, to: 2) }.joined()
    return civil.date.formatted.filter { $0 != "-" } + "-" + clock
  }
}
