import Glibc

/// The ways in which editors save a file.
nonisolated package enum Saving: CaseIterable, Sendable {
  /// Truncated and written in place (nano, Emacs, VS Code).
  case inPlace
  /// Written in place without being truncated first, and cut to its length.
  case overwritten
  /// A new file takes its place (gedit, Kate, Vim for some files).
  case renamed
  /// The old file is moved away, and a new one created (Vim).
  case movedAway

  /// Saves a text in two pieces, with a pause of so many microseconds between them.
  package func save(_ text: String, to path: String, pause: UInt32) {
    var flags = O_WRONLY | O_CREAT | O_CLOEXEC
    if self == .inPlace { flags |= O_TRUNC }
    if self == .movedAway { rename(path, path + "~") }
    let target = self == .renamed ? path + ".new" : path
    let file = open(target, flags, 0o600)
    let bytes = Array(text.utf8)
    write(file, bytes, bytes.count / 2)
    usleep(pause)
    bytes.dropFirst(bytes.count / 2).withUnsafeBytes { _ = write(file, $0.baseAddress, $0.count) }
    ftruncate(file, bytes.count)
    fsync(file)
    close(file)
    if self == .renamed { rename(target, path) }
    if self == .movedAway { unlink(path + "~") }
  }
}
