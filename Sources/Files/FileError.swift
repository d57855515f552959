import Descriptors
import Glibc

/// The reason why a file or folder cannot be read, written or removed.
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
    /// A symbolic link has the name, and the caller follows none.
    case link
    /// The file belongs to another user, who would get what is written into it.
    case foreign
    /// Another user put a symbolic link into a folder that several users write in.
    case foreignLink
    /// A named pipe has no reader.
    case noReader
    /// The bytes of the name are not UTF-8.
    case name
    /// The file system gives every file to other users too.
    case notPrivate
  }

  package let path: String
  package let cause: Cause

  package init(_ path: String, _ cause: Cause) {
    self.path = path
    self.cause = cause
  }

  /// The error of the last system call.
  init(_ path: String) { self.init(path, .system(errno)) }

  /// The error number of the system call that failed; nil for another cause.
  package var code: CInt? { if case .system(let code) = cause { code } else { nil } }

  /// True if nothing has this name.
  package var isMissing: Bool { cause == .system(ENOENT) }

  /// True if the name is taken.
  package var isTaken: Bool { cause == .system(EEXIST) }

  /// The cause as a clause, without the path.
  package var reason: String {
    switch cause {
    case .system(let code): ErrorNumber(code).description
    case .notRegular: "it is not a regular file"
    case .brokenLink: "it is a symbolic link to something that is not there"
    case .beingWritten: "another program is writing it at the moment; try again"
    case .link: "it is a symbolic link"
    case .foreign: "it belongs to another user"
    case .foreignLink: "another user put a symbolic link there, in a folder that others may write in"
    case .noReader: "no program reads from this pipe"
    case .name: "its name is not UTF-8"
    case .notPrivate: "the file system cannot keep it from other users"
    }
  }

  package var description: String { reason }
}
