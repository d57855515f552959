import Descriptors
import Files
import Glibc

/// Marks the file of a calendar's folder that is being read. A file that ends the process in spite of all
/// does so once: the next start finds the mark, and has another process try the file first.
package struct ReadingMarks: Sendable {
  /// The path of the marks: a file of the daemon's own, for this calendar alone.
  private let path: String
  /// Says whether a process that reads a file lives on. It is called for suspects alone.
  let isHarmless: @Sendable (_ file: String) -> Bool

  package init(at path: String, isHarmless: @escaping @Sendable (String) -> Bool) {
    self.path = path
    self.isHarmless = isHarmless
  }

  /// The names of the files that an earlier process was reading when it ended, and of those that are known to
  /// end one.
  func suspects() -> Set<String> {
    guard let bytes = try? FileContents(of: path, upTo: Self.largest).bytes else { return [] }
    return Set(bytes.split(separator: 0).compactMap { String(validating: $0, as: UTF8.self) })
  }

  /// In bytes, of the marks.
  private static let largest = 1 << 20

  /// Begins a reading of the folder. The suspects stay marked until it ends.
  func begin(_ suspects: Set<String>) -> Writer { Writer(path, suspects) }

  /// Writes the marks of one reading. On a disk that takes none, the files are read unmarked.
  struct Writer: ~Copyable {
    private let path: String
    private let suspects: [UInt8]
    /// Nil before the first mark.
    private var file: Descriptor?

    init(_ path: String, _ suspects: Set<String>) {
      self.path = path
      self.suspects = Self.bytes(suspects)
    }

    /// Marks a file that is about to be read. The mark is not made durable: what ends a process leaves the
    /// system's memory alone.
    mutating func mark(_ name: String) { write(suspects + Self.bytes([name])) }

    /// Ends the reading, which the process has survived: only the names of files that are known to end one
    /// stay.
    mutating func end(_ deadly: Set<String>) {
      if !deadly.isEmpty { return write(Self.bytes(deadly)) }
      if file != nil || !suspects.isEmpty { try? Folders.removeName(path) }
    }

    private mutating func write(_ bytes: [UInt8]) {
      if file == nil { file = try? Descriptor.regularFile(path, creating: true, access: O_WRONLY) }
      try? file?.overwrite(with: bytes, path)
    }

    /// Each name with a NUL behind it.
    private static func bytes(_ names: Set<String>) -> [UInt8] {
      names.sorted().flatMap { Array($0.utf8) + [0] }
    }
  }
}
