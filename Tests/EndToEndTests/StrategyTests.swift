import Control
import DesktopRig
import FoundationEssentials
import Glibc
import InterfaceRig
import Testing

/// Each strategy, from the first configuration to the notification, the guide and the report.
@Suite("A strategy, end to end")
struct StrategyTests {
  nonisolated struct Row: Sendable, CustomTestStringConvertible {
    let preset: String
    let ritual: String
    var hasGuide = true
    var testDescription: String { preset }
  }

  nonisolated static let rows = [
    Row(preset: "curiosity", ritual: "open-question"), Row(preset: "listening", ritual: "listening-turns"),
    Row(preset: "inner-world", ritual: "story-behind-the-headline"),
    Row(preset: "connection", ritual: "morning-check-in"), Row(preset: "conflict", ritual: "repair"),
    Row(preset: "affection", ritual: "long-hug", hasGuide: false),
    Row(preset: "presence", ritual: "phones-away"),
    Row(preset: "appreciation", ritual: "bedtime-appreciation"),
    Row(preset: "growth", ritual: "their-goal", hasGuide: false),
    Row(preset: "support", ritual: "do-we-want-help"),
  ]

  private struct DeckText: Decodable {
    let prompts: [Control.Prompt]
  }

  private struct GuideText: Decodable {
    struct Guide: Decodable { let ending: String? }
    let guide: Guide
  }

  private struct Detail: Decodable {
    struct Ritual: Decodable {
      let title: String
      let message: String?
    }
    let ritual: Ritual
  }

  @Test(
    "What init offers is shown at its time, begun, walked through, and told of afterwards", arguments: rows)
  func lived(_ row: Row) async throws {
    let home = try Home()
    let server = try FakeNotificationServer(on: home.bus)
    #expect(try await home.ctl("init", "--preset", row.preset, "--yes").status == 0)
    // A terminal that presses Enter until the guide ends.
    _ = try home.folder.makeFolder("bin")
    let said = home.folder.path("said")
    try home.folder.write(
      "#!/bin/sh\nyes '' | \"$@\" > \(said).new 2>&1\nexec mv \(said).new \(said)\n",
      to: "bin/xdg-terminal-exec",
      mode: 0o755)
    try await home.start(["PATH": home.folder.path("bin") + ":" + searchPath])
    while try await home.ask(State.self, "status").server == nil {}
    let watch = try await Watch(home)
    // Its own time may be days away.
    let moved = try await home.ctl("set", row.ritual, "schedule=@\(time(nil) + 12)", "start=")
    #expect(moved.status == 0, "\(moved.errors)")
    #expect(try await watch.entry("shown").ritual == row.ritual)
    let call = try await server.calls.next()
    let detail = try await home.ask(Detail.self, "show", row.ritual).ritual
    #expect(call.arguments[3] == .text(detail.title))
    guard case .text(let body) = call.arguments[4] else { throw RigError.waitedInVain("\(call)") }
    var words = [detail.message ?? ""]
    if let deck = try deck(of: row.ritual, in: home) {
      words = try await home.ask(DeckText.self, "deck", "show", deck).prompts.map(\.text)
    }
    #expect(words.contains(body), "\(body)")
    server.emitAction(1, row.hasGuide ? "begin" : "done")
    #expect(try await watch.entry("done").by == "notification")
    if row.hasGuide {
      // The shell does not report its end.
      while !home.folder.names(in: "").contains("said") { try await Task.sleep(for: .milliseconds(5)) }
      let text = try String(
        decoding: FoundationEssentials.Data(contentsOf: URL(filePath: said)), as: UTF8.self)
      let ending = try #require(await home.ask(GuideText.self, "begin", row.ritual).guide.ending)
      #expect(text.contains(ending) && text.contains("\n1 of "), "\(text)")
    }
    #expect(
      try await home.ask([Control.Entry].self, "log", row.ritual).map(\.what) == ["due", "shown", "done"])
    let report = try await home.ctl("report")
    #expect(report.status == 0 && report.output.contains(detail.title), "\(report.output)")
  }

  /// The deck of a ritual in the first configuration.
  private func deck(of ritual: String, in home: Home) throws -> String? {
    let path = home.folder.path("config/ritual/ritual.toml")
    let text = try String(decoding: FoundationEssentials.Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    let table = text.split(separator: "\n[").first {
      $0.hasPrefix("ritual.\(ritual)]") || $0.contains("[ritual.\(ritual)]")
    }
    let line = table?.split(separator: "\n").first { $0.hasPrefix("deck = ") }
    return line?.split(separator: "\"").dropFirst().first.map(String.init)
  }
}
