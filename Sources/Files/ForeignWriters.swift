import CLinux
import Glibc

/// Looks for users besides this one who may change a file or a folder.
package struct ForeignWriters {
  private let user = geteuid()
  private let hasPrivateGroup = Self.isAlone(in: getegid())

  package init() {}

  /// The reason why others can change what has a path, as a clause; nil where this user and root alone can,
  /// and where there is nothing. Symbolic links are followed.
  /// - Parameter isOnTheWay: whether it is a folder above another one: in a sticky folder (`/tmp`) users
  ///   remove and replace only what is theirs.
  package func clause(_ path: String, isOnTheWay: Bool = false) -> String? {
    guard let status = try? FileStatus(of: path) else { return nil }
    guard status.owner == user || status.owner == 0 else {
      return "it belongs to another user (uid \(status.owner))"
    }
    if isOnTheWay, status.mode & S_ISVTX != 0 { return nil }
    var foreign = status.mode & (S_IWGRP | S_IWOTH)
    // Of an access list, the group's bits say what anyone in it may do.
    if hasPrivateGroup, status.group == getegid(), ritual_has_access_list(path) == 0 { foreign &= S_IWOTH }
    return foreign == 0 ? nil : "others may write in it (mode \(status.modeText))"
  }

  /// True for a group with no other user in it. Many systems give each user a group of its own, and a umask
  /// of 002: a file that this group may write is this user's alone. Groups that are not in the files of
  /// group(5) and passwd(5) are not known, and count as shared.
  private static func isAlone(in group: gid_t) -> Bool {
    guard let groups = records("/etc/group"), let users = records("/etc/passwd") else { return false }
    let number = Substring("\(group)")
    let own = Substring("\(geteuid())")
    guard let record = groups.first(where: { $0.count > 3 && $0[2] == number }) else { return false }
    let names = Set(users.filter { $0.count > 3 && $0[2] == own }.map { $0[0] })
    return record[3].split(separator: ",").allSatisfy { names.contains($0) }
      && users.allSatisfy { $0.count < 4 || $0[3] != number || $0[2] == own }
  }

  /// The lines of such a file, each as its fields.
  private static func records(_ path: String) -> [[Substring]]? {
    guard let contents = try? FileContents(of: path, upTo: 1 << 20) else { return nil }
    return String(decoding: contents.bytes, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ":", omittingEmptySubsequences: false)
    }
  }
}
