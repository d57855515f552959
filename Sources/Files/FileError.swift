import Glibc

/// Why a file or folder cannot be read, written or removed.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Cause: Hashable, Sendable {
    /// A system call failed with this error number.
    case system(CInt)
    /// A folder, a device or a pipe has the name.
    case notRegular
    /// A symbolic link leads to a name that does not exist.
    case brokenLink
    /// Another program writes the file at this moment, or again and again.
    case beingWritten
    /// A symbolic link has the name, where none is followed.
    case link
    /// What has the name belongs to another user, who would get what is written into it.
    case foreign
    /// Another user put a symbolic link into a folder that several users write in.
    case foreignLink
    /// A named pipe has no reader.
    case noReader
  }

  package let path: String
  package let cause: Cause

  package init(_ path: String, _ cause: Cause) {
    self.path = path
    self.cause = cause
  }

  /// The error of the last system call.
  init(_ path: String) { self.init(path, .system(errno)) }

  /// Whether nothing has this name.
  package var isMissing: Bool { cause == .system(ENOENT) }

  /// Whether the name is taken.
  package var isTaken: Bool { cause == .system(EEXIST) }

  /// The cause as a clause, without the path.
  package var reason: String {
    switch cause {
    case .system(let code): Self.message(code)
    case .notRegular: "it is not a regular file"
    case .brokenLink: "it is a symbolic link to something that is not there"
    case .beingWritten: "another program is writing it at the moment; try again"
    case .link: "it is a symbolic link"
    case .foreign: "it belongs to another user"
    case .foreignLink: "another user put a symbolic link there, in a folder that others may write in"
    case .noReader: "no program reads from this pipe"
    }
  }

  package var description: String { reason }

  /// The system's text for an error number (strerror(3)).
  package static func message(_ code: CInt) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
