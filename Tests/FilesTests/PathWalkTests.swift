import DesktopRig
import Files
import Glibc
import Testing

@Suite("Ways along paths")
struct PathWalkTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.makeFolder("real")
    try folder.write("", to: "real/file")
    symlink("real", folder.path("way"))
    symlink(folder.path("way/file"), folder.path("link"))
    symlink("circle", folder.path("circle"))
  }

  @Test(
    "The way goes through links, and each step is told before it is taken",
    arguments: [
      ("way/file", "real/file", ["way", "real", "real/file"]),
      ("link", "real/file", ["link", "way", "real", "real/file"]),
      ("./way/../real//file", "real/file", ["way", "real", "real", "real/file"]),
    ])
  func steps(path: String, end: String, steps: [String]) throws {
    var visited: [PathWalk.Step] = []
    let found = try PathWalk.end(of: folder.path(path), visit: { visited.append($0) })
    #expect(found.path == folder.path(end) && found.isThere)
    #expect(visited.map(\.path).filter { $0.hasPrefix(folder.path + "/") } == steps.map { folder.path($0) })
    #expect(visited.last?.isLast == true && visited.first?.isLast == false)
  }

  @Test("The last name may be missing, and no other one; a circle has no end")
  func missing() throws {
    let found = try PathWalk.end(of: folder.path("way/new"))
    #expect(found.path == folder.path("real/new") && !found.isThere)
    for (path, code) in [("none/file", ENOENT), ("way/file/more", ENOTDIR), ("circle", ELOOP)] {
      #expect(throws: FileError(folder.path(path), .system(code))) {
        _ = try PathWalk.end(of: folder.path(path))
      }
    }
  }
}
