import DesktopRig
import Files
import Glibc
import Testing

/// FAT on FUSE has no second names, no exchange of files, no rename to a free name alone and no permissions.
@Suite("Files on file systems that can do less", .serialized)
struct OtherFileSystemTests {
  @Test("On FAT, by FUSE, files are made, changed and removed as elsewhere")
  func fat() async throws {
    let folder = try TemporaryFolder()
    let place = try folder.makeFolder("mount")
    guard try await mount(folder, at: place) else {
      print("skipped: fusefat, mkfs.fat, or the right to mount is missing")
      return
    }
    do {
      // fusefat gives all files to root, and files of other users are not written to.
      if getuid() == 0 { try use(place) } else { print("skipped: fusefat's files are root's") }
    } catch {
      Issue.record("\(error)")
    }
    _ = try await ChildProcess.run("fusermount", ["-u", place], environment: ["PATH": searchPath])
  }

  private func mount(_ folder: TemporaryFolder, at place: String) async throws -> Bool {
    guard access("/dev/fuse", R_OK | W_OK) == 0 else { return false }
    let image = folder.path("image")
    for (program, words) in [
      ("truncate", ["-s", "4M", image]), ("mkfs.fat", [image]), ("fusefat", ["-o", "rw+", image, place]),
    ] {
      let environment = ["PATH": searchPath + ":/usr/sbin:/sbin"]
      guard let output = try? await ChildProcess.run(program, words, environment: environment),
        output.status == 0
      else { return false }
    }
    return true
  }

  private func use(_ place: String) throws {
    let path = place + "/ritual.toml"
    try AtomicFile.create(path, Array("one".utf8))
    let error = #expect(throws: FileError.self) { try AtomicFile.create(path, Array("other".utf8)) }
    #expect(error?.isTaken == true)
    let isWritten = try AtomicFile.update(path, upTo: 100) { $0 + Array(", two".utf8) }
    #expect(isWritten)
    #expect(try FileContents(of: path, upTo: 100).bytes == Array("one, two".utf8))
    #expect(try !AtomicFile.replace(path, ifStill: Array("one".utf8), with: Array("three".utf8)))
    #expect(try !AtomicFile.remove(path, ifStill: Array("one".utf8)))
    try AtomicFile.write(path, Array("private".utf8))
    #expect(try FileContents(of: path, upTo: 100).bytes == Array("private".utf8))
    #expect(try FolderEntry.all(in: place).map(\.path) == [place + "/ritual.toml"])
    #expect(try AtomicFile.remove(path, ifStill: Array("private".utf8)))
    #expect(try FolderEntry.all(in: place).isEmpty)
  }
}
