import Control
import DesktopRig
import Testing

/// The features that the daemon works without, as `ritualctl status` reports them.
@Suite("Problems in the output of status")
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

  @Test(
    "That changes of files are not told, and what is done instead",
    .enabled("user namespaces cannot be made") { try await Home.canLimit })
  func watches() async throws {
    let home = try Home()
    try await home.startWithoutInotify()
    let told =
      "files are looked at every minute, because changes are not told: "
      + "the limit of inotify watches (fs.inotify.max_user_watches) is reached"
    #expect(try await home.ask(State.self, "status").watchFailure == told)
    #expect(try await home.ctl("status").output.contains("\n         \(told)\n"))
    #expect(home.log?.all.contains { $0.contains(told) } == true)
  }

  @Test("Where the kernel reports changes, there is no problem")
  func nothing() async throws {
    let home = try Home()
    try await home.start()
    #expect(try await home.ask(State.self, "status").watchFailure == nil)
  }

  @Test(
    "A configuration that cannot be read at a start says so on the screen, once", arguments: [true, false])
  func mistakes(isFolder: Bool) async throws {
    let home = try Home()
    if isFolder {
      _ = try home.folder.makeFolder("config/ritual/ritual.toml")
    } else {
      try home.configure("[ritual.secret]\ntitle = \"Private words\"\nschedule = \"Mon..Fry 08:05\"\n")
    }
    _ = try home.folder.makeFolder("config/ritual/ritual.d")
    try home.folder.write(
      "[ritual.hug]\ntitle = \"Long hug\"\nschedule = \"Mon 08:05\"\n", to: "config/ritual/ritual.d/hug.toml")
    var server = try FakeNotificationServer(on: home.bus)
    try await home.start()
    #expect(
      try await Self.texts(server).suffix(2) == [
        "Reminders may be missing",
        "The configuration of Ritual has mistakes. In a terminal: ritualctl check",
      ])
    // Not to another server, nor after the files are read again.
    server.die()
    server = try FakeNotificationServer(on: home.bus)
    try await home.ctl("reload")
    try await Self.expectPreviewFirst(server, home)
  }

  @Test("A configuration that can be read says nothing")
  func noMistakes() async throws {
    let home = try Home()
    try home.configure("[ritual.hug]\ntitle = \"Long hug\"\nschedule = \"Mon 08:05\"\n")
    let server = try FakeNotificationServer(on: home.bus)
    try await home.start()
    try await Self.expectPreviewFirst(server, home)
  }

  private static func expectPreviewFirst(_ server: FakeNotificationServer, _ home: Home) async throws {
    while try await home.ask(State.self, "status").server == nil {}
    #expect(try await home.ctl("test", "hug").status == 0)
    #expect(try await texts(server).contains("Long hug"))
  }

  /// The texts of the next notification.
  private static func texts(_ server: FakeNotificationServer) async throws -> [String] {
    try await server.calls.next().arguments.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }
}
