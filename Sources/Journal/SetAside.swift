package import CivilTime
import Glibc

extension Journal {
  /// Moves a damaged journal out of the way, with what SQLite keeps beside it, to names that carry `now` in UTC, as
  /// in `journal.sqlite.damaged-20261127-193000`. Nothing is deleted or overwritten. Returns the new path of the
  /// database. Not while a `Journal` has it open.
  package static func setAside(_ path: String, at now: Instant) throws(JournalError) -> String {
    try JournalLock(of: path).hold { () throws(JournalError) in try moveAway(path, at: now) }
  }

  private static func moveAway(_ path: String, at now: Instant) throws(JournalError) -> String {
    let target = freeName(path + ".damaged-" + stamp(now))
    // The database goes last: were only some of it moved, the next start would find it and move the rest.
    for suffix in JournalFile.companions + [""] {
      guard rename(path + suffix, target + suffix) != 0, errno != ENOENT else { continue }
      throw .unusable(path: path + suffix, reason: "it cannot be renamed: \(systemMessage(errno))")
    }
    Folder(of: path).synchronize()
    return target
  }

  /// `base`, or with the first number after it under which nothing is there. The lock keeps others from taking it.
  private static func freeName(_ base: String) -> String {
    var name = base
    var number = 1
    while ([""] + JournalFile.companions).contains(where: { exists(name + $0) }) {
      number += 1
      name = "\(base)-\(number)"
    }
    return name
  }

  private static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// `20261127-193000`, in UTC; the microseconds themselves where the calendar does not reach.
  private static func stamp(_ instant: Instant) -> String {
    var seconds = time_t(instant.microseconds / 1_000_000)
    var parts = tm()
    guard gmtime_r(&seconds, &parts) != nil else { return "\(instant.microseconds)" }
    let date = "\(Int(parts.tm_year) + 1900)" + padded(parts.tm_mon + 1) + padded(parts.tm_mday)
    return date + "-" + padded(parts.tm_hour) + padded(parts.tm_min) + padded(parts.tm_sec)
  }

  private static func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
