import Control
import DesktopRig
import Testing

@Suite("Pauses, as they are told")
struct PauseTests {
  let home: Home

  init() async throws { home = try await ChangesTests.home() }

  @Test("One ritual cannot be resumed while everything is paused, and the answer says so")
  func everything() async throws {
    #expect(try await home.ctl("resume", "kiss").output == "Nothing was paused\n")
    try await home.ctl("pause")
    let refused = try await home.ctl("resume", "kiss")
    #expect(refused.status == 1 && refused.output == "")
    #expect(refused.errors == "ritualctl: everything is paused; to end that: ritualctl resume\n")
    try await home.ctl("pause", "kiss")
    #expect(
      try await home.ctl("resume", "kiss").output
        == "kiss: goes on\nEverything is paused still; to end that: ritualctl resume\n")
    #expect(try await home.ctl("resume").output == "Everything: goes on\n")
  }

  @Test("A list marks what is paused, alone and with all")
  func listed() async throws {
    func paused() async throws -> [Bool] {
      let lines = try await home.ctl("list").output.split(separator: "\n")
      // The plain answer and the parser's answer take different ways.
      #expect(try await home.ctl("list", "--no-color").output.split(separator: "\n") == lines)
      return lines.map { $0.hasSuffix(", paused") }
    }
    #expect(try await paused() == [false, false])
    try await home.ctl("pause", "hug")
    #expect(try await paused() == [false, true])
    try await home.ctl("pause")
    #expect(try await paused() == [true, true])
  }
}
