package import Glibc

/// dunst, a real notification server, on a private bus and a virtual display.
package final class Dunst {
  private let folder: TemporaryFolder
  private let environment: [String: String]
  private var process: ChildProcess?

  /// Starts it. It is ready when its name is on the bus; a test that waits for a notification waits for that
  /// too.
  package init(in folder: TemporaryFolder, on bus: PrivateBus, display: VirtualDisplay) throws(RigError) {
    self.folder = folder
    environment = [
      "PATH": searchPath, "HOME": folder.path, "DISPLAY": display.name, "LANG": "C.UTF-8",
      "DBUS_SESSION_BUS_ADDRESS": bus.place, "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=\(folder.path("none"))",
    ]
    // The menu returns the line of the label that `press` wrote.
    let menu = try folder.write(
      """
      #!/bin/sh
      exec grep -m 1 -F -e "#$(cat '\(folder.path("choice"))') ("
      """, to: "menu", mode: 0o700)
    try folder.write(
      """
      [global]
      monitor = 0
      follow = none
      width = (300, 500)
      origin = top-left
      offset = 20x20
      font = Sans 12
      icon_position = off
      icon_path = ""
      idle_threshold = 0
      show_age_threshold = -1
      dmenu = \(menu)
      browser = /bin/true
      mouse_left_click = do_action, close_current
      mouse_middle_click = close_current
      mouse_right_click = close_current
      """, to: "dunstrc")
    try start()
  }

  package var pid: pid_t? { process?.pid }

  /// Starts it again after `kill`.
  package func start() throws(RigError) {
    let program = try find("dunst", package: "dunst")
    process = try ChildProcess(
      program, ["-config", folder.path("dunstrc")], environment: environment)
  }

  /// Kills it, as a crash would.
  package func kill() {
    process?.kill()
    process = nil
  }

  /// Ends it as a logout does.
  package func end() {
    process?.end()
    process = nil
  }

  /// The output of `dunstctl`: `count displayed`, `history`, `action 0`, `close-all`, ….
  @discardableResult
  package func control(_ arguments: String...) async throws -> String {
    let program = try find("dunstctl", package: "dunst")
    let output = try await ChildProcess.run(program, arguments, environment: environment)
    guard output.status == 0 else {
      throw RigError.waitedInVain("dunstctl \(arguments.joined(separator: " ")): \(output.errors)")
    }
    return output.output.split(separator: "\n").joined(separator: "\n")
  }

  /// Makes it keep notifications off the screen, as soon as it runs.
  package func pause() async throws {
    for _ in 0..<5000 where (try? await control("set-paused", "true")) != nil { return }
    throw RigError.waitedInVain("dunst to be there")
  }

  /// Waits for a notification, and presses the button with this label through dunst's own menu. dunst leaves
  /// the notification on the screen.
  package func press(_ label: String) async throws {
    try await showsSome()
    try await pressIfShown(label)
  }

  /// As `press`, but does nothing without a displayed notification.
  package func pressIfShown(_ label: String) async throws {
    try folder.write(label, to: "choice")
    try await control("context")
  }

  /// Waits for the only notification, and clicks on it: the left button is the action `default`, after which
  /// dunst closes it. The right button only dismisses it.
  package func click(_ button: MouseButton = .left) async throws {
    try await showsSome()
    let program = try find("xdotool", package: "xdotool")
    let output = try await ChildProcess.run(
      program, ["mousemove", "60", "40", "click", "\(button.rawValue)"], environment: environment)
    guard output.status == 0 else { throw RigError.waitedInVain("a click: \(output.errors)") }
  }

  /// Buttons by their numbers in X.
  package enum MouseButton: Int, Sendable {
    case left = 1
    case right = 3
  }

  /// Waits for a displayed notification: dunst answers `Notify` earlier, and reports nothing when it is
  /// displayed.
  private func showsSome() async throws {
    for _ in 0..<5000 where try await control("count", "displayed") != "0" { return }
    throw RigError.waitedInVain("dunst to display a notification")
  }
}
