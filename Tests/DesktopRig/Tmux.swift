/// A terminal with a size, and its screen: a tmux server for one test.
package final class Tmux {
  private let server: ChildProcess
  private let socket: String
  private let environment: [String: String]

  /// Runs a shell command in a new terminal; its exit status is on the line after its output.
  package init(
    _ command: String, in folder: TemporaryFolder, columns: Int = 80, rows: Int = 24,
    environment: [String: String]
  ) throws(RigError) {
    let name = "tmux-\(UInt16.random(in: .min ... .max))"
    socket = folder.path(name)
    self.environment = environment.merging(["LANG": "C.UTF-8", "SHELL": "/bin/sh"]) { $1 }
    try folder.write(command + "\necho \"[status $?]\"\nexec cat\n", to: name + ".sh")
    try folder.write(
      """
      set -g default-terminal "screen-256color"
      set -g status off
      new-session -d -x \(columns) -y \(rows) "exec sh \(folder.path(name)).sh"

      """, to: name + ".conf")
    server = try ChildProcess(
      find("tmux", package: "tmux"), ["-S", socket, "-u", "-f", folder.path(name) + ".conf", "-D"],
      environment: self.environment)
  }

  /// The screen's text, without the blanks at the ends of lines and the empty lines below; with escapes for
  /// colours if asked for.
  package func screen(colored: Bool = false) async throws -> String {
    let output = try await tmux(["capture-pane", "-p"] + (colored ? ["-e"] : []))
    var lines = output.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    while lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// The screen once it has a text.
  @discardableResult
  package func screen(with text: String, colored: Bool = false) async throws -> String {
    try await screen(text, colored: colored) { $0.contains(text) }
  }

  /// The screen once it is as expected; the expectation's name is in the error of a wait in vain.
  @discardableResult
  package func screen(
    _ expectation: String, colored: Bool = false, isReached: (String) -> Bool
  ) async throws -> String {
    var screen = ""
    // Each look starts a process, which is a pause; the count is for a minute of a busy machine.
    for _ in 0..<20_000 {
      screen = (try? await self.screen(colored: colored)) ?? ""
      if isReached(screen) { return screen }
      guard server.isRunning else { break }
    }
    throw RigError.waitedInVain("\(expectation) on the screen:\n\(screen)")
  }

  /// The command's output and exit status, once it has ended.
  package func ending(colored: Bool = false) async throws -> String {
    try await screen(with: "[status ", colored: colored)
  }

  /// Presses keys, by their names in tmux(1): `e`, `Enter`, `C-c`.
  package func press(_ keys: String...) async throws { _ = try await tmux(["send-keys"] + keys) }

  /// Gives the terminal another size.
  package func resize(columns: Int, rows: Int = 24) async throws {
    _ = try await tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  private func tmux(_ words: [String]) async throws -> String {
    let output = try await ChildProcess.run(
      find("tmux", package: "tmux"), ["-S", socket, "-u"] + words, environment: environment)
    guard output.status == 0 else { throw RigError.waitedInVain("tmux \(words): \(output.errors)") }
    return output.output
  }
}
