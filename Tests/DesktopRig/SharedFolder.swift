import Glibc

/// A folder that every user of the machine may write in (sticky, as `/tmp`), with a trap that a stranger put
/// there for another user to write into. Only root can play the stranger.
nonisolated package final class SharedFolder: Sendable {
  /// The stranger's trap at the path that this user is about to write.
  package enum Trap: String, CaseIterable, Sendable {
    /// A file that everyone may write, and that the stranger reads.
    case file
    /// A pipe that the stranger reads from.
    case pipe
    /// A pipe without a reader: opening it waits forever.
    case deafPipe
    /// A link to a file of this user's.
    case linkToFile
    /// A link to a free name in this user's own folder.
    case linkToFreeName
  }

  /// Any user except root that this machine does not need.
  private static let stranger: uid_t = 12_345

  private let folder: TemporaryFolder
  private let reader: Int32
  /// The path that this user writes to.
  package let path: String

  /// Nil, with a message, if this process is not root and cannot play another user.
  package init?(_ trap: Trap) throws(RigError) {
    guard geteuid() == 0 else {
      print("skipped: not root, so there is no other user who leaves a \(trap.rawValue)")
      return nil
    }
    folder = try TemporaryFolder()
    _ = try folder.makeFolder("shared")
    guard chmod(folder.path("shared"), 0o1777) == 0 else { throw .failed("share a folder", code: errno) }
    try folder.write("mine", to: "victim")
    path = folder.path("shared/target")
    var isMade = true
    switch trap {
    case .file: try folder.write("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", to: "shared/target", mode: 0o666)
    case .pipe, .deafPipe: isMade = mkfifo(path, 0o666) == 0
    case .linkToFile: isMade = symlink(folder.path("victim"), path) == 0
    case .linkToFreeName: isMade = symlink(folder.path("free"), path) == 0
    }
    guard isMade, lchown(path, Self.stranger, Self.stranger) == 0 else {
      throw .failed("set a trap", code: errno)
    }
    reader = trap == .pipe ? open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1
  }

  deinit { if reader >= 0 { close(reader) } }

  /// The bytes that the stranger got, or the harm to this user's files; nil for none.
  package var damage: String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    if reader >= 0, read(reader, &buffer, buffer.count) > 0 { return "the pipe got words" }
    if folder.read("victim") != "mine" { return "a file of one's own was changed" }
    if folder.names(in: ".") != ["shared", "victim"] { return "there are \(folder.names(in: "."))" }
    if folder.names(in: "shared") != ["target"] { return "there are \(folder.names(in: "shared"))" }
    var status = stat()
    guard lstat(path, &status) == 0, status.st_uid == Self.stranger else { return "it was replaced" }
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    return folder.read("shared/target") == "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" ? nil : "the file got words"
  }
}
