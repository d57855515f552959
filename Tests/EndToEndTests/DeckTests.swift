import Control
import DesktopRig
import FoundationEssentials
import Glibc
import Testing

/// Prompts of a deck, from its file to the screen.
@Suite("A deck, end to end")
struct DeckTests {
  private static let deck = """
    title = "Ours"
    strategy = "curiosity"
    [prompts]
    lake = "Which lake would you go back to?"
    roof = "What did you see from the roof?"
    song = "Which song was it?"
    """
  private static let texts: Set = [
    "Which lake would you go back to?", "What did you see from the roof?", "Which song was it?",
  ]

  private func home() throws -> Home {
    let home = try Home()
    _ = try home.folder.makeFolder("data/ritual")
    _ = try home.folder.makeFolder("data/ritual/decks")
    try home.folder.write(Self.deck, to: "data/ritual/decks/ours.toml")
    return home
  }

  /// The body of a notification.
  private func body(_ call: FakeNotificationServer.Call) throws -> String {
    guard case .text(let body) = call.arguments[4] else { throw RigError.waitedInVain("\(call)") }
    return body
  }

  @Test("Each draw is another prompt, in the terminal and on the screen, over crashes")
  func drawn() async throws {
    let home = try home()
    let server = try FakeNotificationServer(on: home.bus)
    try await home.start()
    try home.configure(dueIn: 8, more: "deck = \"ours\"")
    let first = try await home.ask([Control.Prompt].self, "deck", "next", "ours")
    home.daemon?.kill()
    try await home.start()
    let watch = try await Watch(home)
    try await watch.entry("shown")
    let second = try body(try await server.calls.next())
    home.daemon?.kill()
    try await home.start()
    // Shown again, so that its buttons belong to this process, with the same prompt.
    #expect(try body(try await server.calls.next()) == second)
    let third = try await home.ctl("deck", "next", "ours").output
    #expect(Set([first[0].text, second, String(third.dropLast())]) == Self.texts)
  }

  @Test("A test shows what would come, and does not draw it")
  func previewed() async throws {
    let home = try home()
    let server = try FakeNotificationServer(on: home.bus)
    try home.configure(dueIn: 3600, more: "deck = \"ours\"")
    try await home.start()
    while try await home.ask(State.self, "status").server == nil {}
    #expect(try await home.ctl("test", "goodbye-kiss").status == 0)
    let shown = try body(try await server.calls.next())
    #expect(try await home.ctl("deck", "next", "ours").output == shown + "\n")
  }

  @Test("A deck that is changed counts at once; a prompt that is gone leaves the message")
  func changed() async throws {
    let home = try home()
    let server = try FakeNotificationServer(on: home.bus)
    try await home.start()
    try home.configure(dueIn: 8, more: "deck = \"ours\"\nsnooze = [\"1s\"]")
    let watch = try await Watch(home)
    try await watch.entry("shown")
    #expect(Self.texts.contains(try body(try await server.calls.next())))
    try home.folder.write(
      "title = \"Ours\"\nstrategy = \"curiosity\"\n[prompts]\nnew = \"What is new?\"\n",
      to: "data/ritual/decks/ours.toml")
    #expect(try await home.ctl("reload").status == 0)
    #expect(try await home.ctl("snooze", "goodbye-kiss", "1s").status == 0)
    _ = try await watch.entry("due")
    var call = try await server.calls.next()
    while call.method != "Notify" { call = try await server.calls.next() }
    #expect(try body(call) == "Six seconds, before the door.")
  }

  @Test("A wrong name is reported, with the one that was meant")
  func refused() async throws {
    let home = try home()
    try await home.start()
    let output = try await home.ctl("deck", "next", "ous")
    #expect(output.status == 1)
    #expect(output.errors == "ritualctl: there is no deck ous; did you mean ours?\n")
    let shown = try await home.ctl("deck", "show", "ous")
    #expect(shown.status == 1 && shown.errors == output.errors)
    #expect(try await home.ctl("deck", "next", "ours", "--depth", "3").status == 1)
  }

  @Test("Decks are listed and shown without the daemon")
  func listed() async throws {
    let home = try home()
    let list = try await home.ctl("deck").output
    #expect(list.contains("ours") && list.contains("appreciation    60"))
    let shown = try await home.ctl("deck", "show", "ours").output
    #expect(Self.texts.allSatisfy(shown.contains))
  }
}
