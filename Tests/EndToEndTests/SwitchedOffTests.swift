import Control
import DesktopRig
import Testing

@Suite("Switched off in the desktop's settings")
struct SwitchedOffTests {
  @Test("A reminder is undelivered, `status` says where the switch is, and it is shown when that is on again")
  func story() async throws {
    let home = try Home()
    let server = try FakeNotificationServer(on: home.bus, name: "Plasma")
    try home.folder.write(
      "[Applications][io.ritual.Ritual]\nShowPopups=false\nShowInHistory=false\n",
      to: "config/plasmanotifyrc")
    try home.configure(dueIn: 8)
    try await home.start()
    let watch = try await Watch(home)
    let reason = "Ritual is switched off in the desktop's settings, under Notifications"
    #expect(try await watch.entry("undelivered").reason == reason)
    let state = try await home.ask(State.self, "status")
    #expect(state.server == nil && state.serverFailure == reason)
    #expect(try await home.ctl("status").output.contains("Shown    \(reason)\n"))
    let preview = try await home.ctl("test", "goodbye-kiss")
    #expect(preview.status == 1 && preview.errors.contains(reason), "\(preview)")
    #expect(server.calls.unread.isEmpty)
    // Now it comes to the list alone.
    try home.folder.write("[Applications][io.ritual.Ritual]\nShowPopups=false\n", to: "new")
    try home.folder.rename("new", to: "config/plasmanotifyrc")
    try await watch.entry("shown")
    #expect(try await server.calls.next().method == "Notify")
    #expect(
      try await home.ctl("status").output.contains("by Plasma 1.0, in its list alone: banners of Ritual"))
  }
}
