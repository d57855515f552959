import Desktop
import DesktopRig
import Testing

/// The program that opens a window, and its start.
@Suite("A window of the user's terminal")
struct TerminalWindowTests {
  private func folder(_ programs: String...) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for program in programs {
      try folder.write("#!/bin/sh\n", to: program, mode: 0o755)
    }
    return folder
  }

  private func command(_ folder: TemporaryFolder, _ more: [String: String] = [:]) -> [String]? {
    let environment = ["PATH": folder.path].merging(more) { $1 }
    return TerminalWindow(environment: { environment[$0] }).command(running: ["ritualctl", "begin", "talk"])?
      .map { $0.replacing(folder.path + "/", with: "") }
  }

  @Test("The chooser of all desktops comes first, then what the user named")
  func chosen() throws {
    let both = try folder("xdg-terminal-exec", "xterm")
    #expect(command(both, ["TERMINAL": "xterm"]) == ["xdg-terminal-exec", "ritualctl", "begin", "talk"])
    let one = try folder("xterm")
    #expect(command(one, ["TERMINAL": "xterm"]) == ["xterm", "-e", "ritualctl", "begin", "talk"])
    #expect(command(one, ["TERMINAL": one.path("xterm")]) == ["xterm", "-e", "ritualctl", "begin", "talk"])
    #expect(command(one, ["TERMINAL": "foot"]) == ["xterm", "-e", "ritualctl", "begin", "talk"])
    #expect(command(try folder("sh"), ["TERMINAL": "foot"]) == nil)
  }

  @Test(
    "Without either, a terminal that is there is started by the option that it takes",
    arguments: [
      ("x-terminal-emulator", ["-e"]), ("gnome-terminal", ["--"]), ("konsole", ["-e"]),
      ("xfce4-terminal", ["-x"]), ("foot", []), ("kitty", []), ("alacritty", ["-e"]),
    ])
  func known(terminal: String, options: [String]) throws {
    let words = ["ritualctl", "begin", "talk"]
    #expect(command(try folder(terminal)) == [terminal] + options + words)
    // What the user named wins, by its own option.
    let both = try folder(terminal, "ptyxis")
    #expect(command(both, ["TERMINAL": "ptyxis"]) == ["ptyxis", "--"] + words)
    // Its `-e` takes one word.
    let other = try folder(terminal, "terminator")
    #expect(command(other, ["TERMINAL": "terminator"]) == ["terminator", "-x"] + words)
  }
}
