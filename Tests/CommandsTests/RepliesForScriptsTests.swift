import DesktopRig
import Glibc
import Testing

/// The daemon's replies under `--json`: they are printed as they came.
@MainActor
@Suite("Replies for scripts")
struct RepliesForScriptsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs a command with a daemon that has one reply, with these parameters.
  private func ctl(_ words: String..., reply parameters: String) async throws -> Output {
    let socket = try AnsweringSocket(at: folder.path("control.sock"), reply: "{\"parameters\":\(parameters)}")
    defer { unlink(socket.path) }
    return try await ChildProcess.run(
      built("ritualctl"), words + ["--socket", socket.path], environment: ["HOME": folder.path])
  }

  @Test("What a later daemon says besides stays, and each member has its place")
  func later() async throws {
    let why =
      "{\"title\":\"Kiss\",\"ritual\":\"kiss\",\"later\":[{\"x\":null},1.50],\"enabled\":true,\"last\":[]}"
    #expect(try await ctl("why", "kiss", "--json", reply: "{\"why\":\(why),\"more\":1}").output == why + "\n")
    let done = "{\"title\":\"Kiss\",\"later\":true,\"ritual\":\"kiss\"}"
    #expect(try await ctl("done", "--json", reply: done).output == done + "\n")
    #expect(try await ctl("done", reply: done).output == "Kiss: done\n")
  }

  @Test("It is one line, whatever blanks the daemon wrote, and no scalar in it commands a terminal")
  func oneLine() async throws {
    let output = try await ctl(
      "next", "--json", reply: "{\"coming\": [\n\t{\r\n\"title\":\"\u{202e}\u{7f}é\"} ]}")
    #expect(output.output == "[  {  \"title\":\"\\u202e\\u007fé\"} ]\n", "\(output.errors)")
  }

  @Test(
    "A reply that lacks what is asked for is no answer",
    arguments: [
      (["next", "--json"], "{}"), (["next"], "{\"coming\":[{}]}"), (["next"], "{\"coming\":{}}"),
      (["done"], "{\"ritual\":\"kiss\"}"), (["status", "--json"], "{\"state\":{}}"),
    ])
  func unexpected(words: [String], parameters: String) async throws {
    let output =
      words.count == 1
      ? try await ctl(words[0], reply: parameters) : try await ctl(words[0], words[1], reply: parameters)
    #expect(output.status == EX_UNAVAILABLE && output.output == "")
    #expect(
      output.errors == """
        ritualctl: cannot talk to rituald: a reply that cannot be read: a message whose 'parameters' is \
        missing or of the wrong type

        """)
  }
}
