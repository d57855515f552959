import ArgumentParser
import Files
import Glibc

/// A file that a command writes for its user alone.
enum Output {
  /// Whether a name stands for standard output, as it does for most programs. The text is the whole answer
  /// then.
  static func isStandard(_ path: String) -> Bool {
    ["-", "/dev/stdout", "/dev/fd/1"].contains(path)
  }

  /// Writes it, 0600 where it is new, whole or not at all. Where that fails it says why, and throws the exit
  /// status. A file that was there keeps its mode; where others may read it, that is said.
  static func write(_ text: String, to path: String) throws {
    do throws(FileError) {
      try AtomicFile.write(path, Array(text.utf8))
    } catch {
      throw Failure.exit(Plain.text("cannot write \(path): \(error)"), status: Failure.refused)
    }
    guard let status = try? FileStatus(of: path), status.kind == .file,
      status.mode & (S_IRGRP | S_IROTH) != 0
    else { return }
    Terminal.write(
      "ritualctl: others may read \(Plain.text(path)) (mode \(status.modeText))\n", to: STDERR_FILENO)
  }
}
