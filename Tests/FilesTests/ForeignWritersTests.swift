import DesktopRig
import Files
import Glibc
import Testing

@Suite("Users who may change a file")
struct ForeignWritersTests {
  @Test("An access list that lets another user write counts, also where the group is this user's own")
  func accessList() async throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "ritual.toml")
    let path = folder.path("ritual.toml")
    try #require(chmod(path, 0o600) == 0)
    #expect(ForeignWriters().clause(path) == nil)
    let words = ["-m", "u:4321:rw", path]
    let set = try await ChildProcess.run("setfacl", words, environment: ["PATH": searchPath])
    try #require(set.status == 0, "\(set.errors)")
    #expect(ForeignWriters().clause(path) == "others may write in it (mode 0660)")
  }
}
