import Desktop
import Files
import Glibc
import Rituals
import Settings

/// The process of `rituald-guide@.service`, one for each guide that the daemon asks for: it reads the guide's id from the
/// connection that is its standard input, answers with a line, and becomes the user's terminal with `ritualctl begin` in it.
///
/// It runs outside of the daemon's sandbox and does not trust it: nothing but the id of a guide that is there comes from it.
enum GuideOpener {
  static let option = "--open-guide"

  /// What is answered where a window opens, and where no terminal is known.
  static let opened = "opened"
  static let noTerminal = "no terminal"
  /// What is answered to an id that no guide has.
  static let unknown = "unknown"

  static func run() -> Never {
    guard let guide = guide() else { end(unknown, status: EX_DATAERR) }
    let window = TerminalWindow(environment: { getenv($0).map { String(cString: $0) } })
    guard let command = window.command(running: [program, "begin", guide.text]) else {
      end(noTerminal, status: EXIT_SUCCESS)
    }
    // Before execve(2), which leaves nobody to answer. The connection's end could not say it: it also ends
    // where this process never came to run. What is left is a program that was there a moment ago and cannot
    // be started now; the service manager has that in its log, as a failure of this unit.
    answer(opened)
    TerminalWindow.replaceProcess(with: command)
    exit(EX_OSERR)
  }

  /// `ritualctl` beside this program; else the one that is found by its name.
  static var program: String {
    let name = "ritualctl"
    return Library.executable.flatMap { Programs.path(of: Folders.join(Folders.parent(of: $0), name)) }
      ?? name
  }

  private static func guide() -> ContentID? {
    let library = Library(
      environment: { getenv($0).map { String(cString: $0) } }, executable: Library.executable)
    guard let id = line().flatMap({ ContentID($0) }), library.guide(id).value != nil else { return nil }
    return id
  }

  /// The longest id is shorter, and one that asks sends it at once.
  private static let longest = 256
  private static let patience: Int32 = 5000

  /// The one line that the other end sends, without its end; nil where it sends something else.
  private static func line() -> String? {
    var bytes: [UInt8] = []
    while bytes.count < longest {
      var watched = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      var byte: UInt8 = 0
      guard poll(&watched, 1, patience) == 1, read(STDIN_FILENO, &byte, 1) == 1 else { return nil }
      if byte == UInt8(ascii: "\n") { return String(validating: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    return nil
  }

  private static func answer(_ word: String) {
    var line = word + "\n"
    // The daemon may be gone by now; the user has pressed Begin all the same.
    line.withUTF8 { _ = send(STDIN_FILENO, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
  }

  private static func end(_ word: String, status: Int32) -> Never {
    answer(word)
    exit(status)
  }
}
