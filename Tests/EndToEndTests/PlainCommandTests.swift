import DesktopRig
import Testing

/// Commands without arguments are answered without parsing the description of all commands.
@Suite("Plain commands")
struct PlainCommandTests {
  nonisolated static let commands = ["list"]

  @Test("The short way to a command and the long one end at the same answer", arguments: commands)
  func alike(command: String) async throws {
    let home = try Home()
    // The message about a daemon that is not running.
    let refused = try await (home.ctl(command), home.ctl(command, "--no-color"))
    #expect(refused.0.errors == refused.1.errors)
    #expect(refused.0.status == refused.1.status && refused.0.status != 0)
    try home.configure(
      """
      [ritual.kiss]
      title = "抱擁 ❤️ \\"Küsse\\""
      schedule = ["2099-01-01 08:05", "2020-01-01"]
      [ritual.hug]
      title = "Hug"
      schedule = "2020-01-01"
      [ritual.walk]
      title = "Walk"
      schedule = "2099-06-01"
      enabled = false
      [ritual.celebrate]
      title = "Celebrate"
      schedule = []
      """)
    try await home.start()
    let output = try await (home.ctl(command), home.ctl(command, "--no-color"))
    #expect(output.0.status == 0, "\(output.0.errors)")
    #expect(output.0.output == output.1.output)
    let lines = output.0.output.split(separator: "\n")
    #expect(lines.count == 4)
    // The text for each ritual that does not come by itself.
    for (id, words) in [("hug", "never again"), ("walk", "disabled"), ("celebrate", "on demand")] {
      #expect(lines.contains { $0.hasPrefix(id + " ") && $0.hasSuffix(words) }, "\(output.0.output)")
    }
  }
}
