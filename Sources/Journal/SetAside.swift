package import CivilTime
import Files
import Glibc

/// A file that was in the journal's place and had to go: damaged, or another program's.
package struct Displaced: Hashable, Sendable {
  /// Where it was.
  package let path: String
  /// Where it is now.
  package let aside: String
  /// What was found in it.
  package let cause: SQLiteFailure

  package init(path: String, aside: String, cause: SQLiteFailure) {
    self.path = path
    self.aside = aside
    self.cause = cause
  }
}

extension Displaced: CustomStringConvertible {
  /// For the log and for `status`; names files, and never a ritual's words.
  package var description: String {
    "\(path): not a journal, or a damaged one (\(cause)); it is kept as \(aside), and a new one was begun"
  }
}

extension Journal {
  /// Moves a damaged journal out of the way, with what SQLite keeps beside it, to names that carry `now` in UTC, as
  /// in `journal.sqlite.damaged-20261127-193000`. Nothing is deleted or overwritten. Returns the new path of the
  /// database. Not while a `Journal` has it open.
  package static func setAside(_ path: String, at now: Instant) throws(JournalError) -> String {
    let lock = try JournalLock(of: path)
    defer { withExtendedLifetime(lock) {} }
    return try moveAway(path, at: now)
  }

  /// The same, for one who has the lock.
  static func moveAway(_ path: String, at now: Instant) throws(JournalError) -> String {
    let target = freeName(path + ".damaged-" + stamp(now))
    // The database goes first: a log without its database is found and moved by the next start, but a database
    // without its log would be taken for what happened.
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

  /// `base`, or with the first number after it under which nothing is there. The lock keeps others from taking it.
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
