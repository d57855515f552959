import DesktopRig
import Files
import Glibc
import Testing

@Suite("Lock files")
struct LockFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The error of an attempt to take the lock; nil where it succeeds.
  private func obstacle() -> LockFile.Failure? {
    do throws(LockFile.Failure) {
      _ = try LockFile(folder.path("lock"))
      return nil
    } catch {
      return error
    }
  }

  @Test("One has the lock, and the other learns which process that is; afterwards it is free")
  func taken() throws {
    do {
      let lock = try LockFile(folder.path("lock"))
      #expect(try FileStatus(of: folder.path("lock")).mode == 0o600)
      guard case .taken(by: getpid()) = obstacle() else {
        Issue.record("\(String(describing: obstacle()))")
        return
      }
      _ = consume lock
    }
    #expect(obstacle() == nil)
  }

  @Test("A file without a number names no process")
  func nameless() throws {
    let lock = try LockFile(folder.path("lock"))
    try folder.write("none", to: "lock")
    guard case .taken(by: nil) = obstacle() else {
      Issue.record("\(String(describing: obstacle()))")
      return
    }
    _ = consume lock
  }

  @Test("A symbolic link, a pipe and a folder are no lock files", arguments: ["link", "pipe", "folder"])
  func refused(kind: String) throws {
    try folder.write("mine", to: "file")
    switch kind {
    case "link": symlink("file", folder.path("lock"))
    case "pipe": mkfifo(folder.path("lock"), 0o600)
    default: mkdir(folder.path("lock"), 0o700)
    }
    guard case .failed(let error) = obstacle() else {
      Issue.record("it was taken")
      return
    }
    #expect(error.cause == ["link": .link, "pipe": .notRegular][kind] ?? .system(EISDIR))
    #expect(folder.read("file") == "mine")
  }
}
