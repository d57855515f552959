import ArgumentParser
import Files
import Glibc

/// A file that a command writes, for its user alone.
enum OutputFile {
  /// True if a path means standard output, as with most programs.
  static func isStandard(_ path: String) -> Bool {
    ["-", "/dev/stdout", "/dev/fd/1"].contains(path)
  }

  /// Writes the file whole or not at all, with mode 0600 where it is new. A file that exists keeps its mode,
  /// and this warns where others may read it.
  static func write(_ text: String, to path: String) throws {
    do throws(FileError) {
      try AtomicFile.write(path, Array(text.utf8))
    } catch {
      throw Failure(TerminalText.line("cannot write \(path): \(error)"))
    }
    guard let status = try? FileStatus(of: path), status.kind == .file,
      status.mode & (S_IRGRP | S_IROTH) != 0
    else { return }
    Terminal.write(
      "ritualctl: others may read \(TerminalText.line(path)) (mode \(status.modeText))\n",
      to: STDERR_FILENO)
  }
}
