import Files
import Glibc

/// Remembers which file of a calendar's folder is being read, so that one that ends the process in spite of
/// all does so once: a start that finds such a mark has the file tried by another process first.
package struct ReadingMarks: Sendable {
  /// Where it is remembered: a file of the daemon's own, for this calendar alone.
  private let path: String
  /// Whether a process that reads a file lives on; it is asked for suspects alone.
  let isHarmless: @Sendable (_ file: String) -> Bool

  package init(at path: String, isHarmless: @escaping @Sendable (String) -> Bool) {
    self.path = path
    self.isHarmless = isHarmless
  }

  /// The names of the files that an earlier process was reading when it ended, and of those that are known to
  /// end one.
  func suspects() -> Set<String> {
    guard let bytes = try? FileContents(of: path, upTo: Bounds.bytes).bytes else { return [] }
    return Set(bytes.split(separator: 0).compactMap { String(validating: $0, as: UTF8.self) })
  }

  private enum Bounds { static let bytes = 1 << 20 }

  /// Begins a reading. The suspects stay marked for its whole time.
  func begin(_ suspects: Set<String>) -> Writer { Writer(path, suspects) }

  /// Writes the marks of one reading. A disk that takes none leaves the files unmarked: they are read all the
  /// same.
  struct Writer: ~Copyable {
    private let path: String
    private var descriptor: Int32 = -1
    private let suspects: [UInt8]

    init(_ path: String, _ suspects: Set<String>) {
      self.path = path
      self.suspects = suspects.sorted().flatMap { Array($0.utf8) + [0] }
    }

    /// A file is about to be read. Not synced: what ends a process leaves the system's memory alone.
    mutating func mark(_ name: String) {
      write(suspects + Array(name.utf8) + [0])
    }

    /// All was read, and the process lives: only what is known to end one stays.
    mutating func end(_ deadly: Set<String>) {
      guard !deadly.isEmpty else {
        if descriptor >= 0 || !suspects.isEmpty { unlink(path) }
        return
      }
      write(deadly.sorted().flatMap { Array($0.utf8) + [0] })
    }

    private mutating func write(_ bytes: [UInt8]) {
      if descriptor < 0 { descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600) }
      guard descriptor >= 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else { return }
      ftruncate(descriptor, off_t(bytes.count))
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
  }
}
