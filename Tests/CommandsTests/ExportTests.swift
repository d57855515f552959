import DesktopRig
import Glibc
import Testing

/// Rituals as calendars, without a daemon.
@Suite("ritualctl export")
struct ExportTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["config", "config/ritual"] { _ = try folder.makeFolder(name) }
    try folder.write(
      """
      [ritual.kiss]
      title = "Kiss"
      schedule = "08:05"
      [ritual.hug]
      title = "Hug"
      schedule = "18:15"
      """, to: "config/ritual/ritual.toml")
  }

  private func export(_ arguments: String...) async throws -> Output {
    try await ChildProcess.run(
      built("ritualctl"), ["export"] + arguments,
      environment: ["HOME": folder.path, "XDG_CONFIG_HOME": folder.path("config"), "TZ": "UTC"])
  }

  @Test("Standard output gets the calendar, and not a byte more")
  func standardOutput() async throws {
    for output in [try await export().output, try await export("-").output] {
      #expect(output.hasPrefix("BEGIN:VCALENDAR\r\n"))
      #expect(Array(output.utf8.suffix(15)) == Array("END:VCALENDAR\r\n".utf8))
    }
  }

  @Test("A folder that is missing is made, for its owner alone")
  func missing() async throws {
    let path = folder.path("calendars/us")
    let output = try await export("--vdir", path)
    #expect(output.status == 0 && output.output == "2 files written\n", "\(output.errors)")
    #expect(folder.names(in: "calendars/us").count == 2)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o700)
  }

  @Test("What is wrong with a folder is said once")
  func wrong() async throws {
    try folder.write("", to: "file")
    let file = try await export("--vdir", folder.path("file"))
    #expect(file.status == 1 && file.output == "")
    #expect(file.errors == "ritualctl: \(folder.path("file")): Not a directory\n")
    let below = try await export("--vdir", folder.path("file/us"))
    #expect(below.status == 1)
    #expect(
      below.errors
        == "ritualctl: cannot write \(folder.path("file/us")): cannot create the folder: Not a directory\n")
  }
}
