import Desktop
import Glibc
import Logging
import Settings

/// Opens a guide in the user's terminal.
struct GuideWindow {
  let log: Logger

  /// Returns what to tell the user to type, where no window could be opened.
  func open(_ guide: String) -> String? {
    let window = TerminalWindow(environment: { getenv($0).map { String(cString: $0) } })
    do throws(SystemCallError) {
      if try window.open(running: [Self.program, "begin", guide]) { return nil }
      log.notice("No terminal is known: neither xdg-terminal-exec nor TERMINAL")
    } catch {
      log.failure(.warning, "No terminal can be opened", error)
    }
    return "ritualctl begin \(guide)"
  }

  /// `ritualctl` beside this program; else the one that is found by its name.
  private static var program: String {
    guard let own = Library.executable, let slash = own.lastIndex(of: "/") else { return "ritualctl" }
    let beside = own[...slash] + "ritualctl"
    return access(String(beside), X_OK) == 0 ? String(beside) : "ritualctl"
  }
}
