import Control
import DesktopRig
import Testing

/// What the daemon has to do without, as `ritualctl status` tells it.
@Suite("What is amiss, as status tells it")
struct StatusTests {
  @Test("A zone that cannot be read, and the one that is gone by instead")
  func zone() async throws {
    let home = try Home()
    try await home.start(["TZ": "Nowhere/Nothing"])
    let failure = try await home.ask(State.self, "status").timezoneFailure
    #expect(
      failure
        == "the machine's time zone cannot be read, going by UTC: there is no time zone Nowhere/Nothing")
    #expect(try await home.ctl("status").output.contains("\n         the machine's time zone cannot be read"))
  }

  @Test("A zone that is a rule without dates is one")
  func rule() async throws {
    let home = try Home()
    try await home.start(["TZ": "CET-1CEST"])
    let state = try await home.ask(State.self, "status")
    #expect(state.timezone == "CET-1CEST" && state.timezoneFailure == nil)
  }
}
