import Desktop
import Files
import Glibc
import Rituals
import Settings

/// The process of `rituald-guide@.service`, one for each guide that the daemon opens. Its standard input is a
/// connection to the daemon: it reads the guide's id, answers with a line, and becomes the user's terminal
/// with `ritualctl begin`. In place of an id it also takes the question whether a terminal is there.
///
/// It runs outside of the daemon's sandbox and does not trust the daemon: it takes only the id of an existing
/// guide.
enum GuideProcess {
  static let option = "--open-guide"

  /// The word in place of a guide's id, which asks whether a terminal is there.
  static let question = "?"
  /// The answer to that if one is there.
  static let hasTerminal = "terminal"
  /// The answer if a window opens.
  static let opened = "opened"
  /// The answer if no terminal is known.
  static let noTerminal = "no terminal"
  /// The answer to an id that no guide has.
  static let unknown = "unknown"

  static func run() -> Never {
    let word = line()
    if word == question {
      end(terminal.command(running: [program]) == nil ? noTerminal : hasTerminal, status: EXIT_SUCCESS)
    }
    guard let guide = word.flatMap({ guide($0) }) else { end(unknown, status: EX_DATAERR) }
    guard let command = terminal.command(running: [program, "begin", guide.text]) else {
      end(noTerminal, status: EXIT_SUCCESS)
    }
    // The answer goes before execve(2), after which this program cannot answer. The end of the connection is
    // no answer: it would also end if this process never ran. If the terminal cannot be started all the same,
    // the service manager logs a failure of this unit.
    answer(opened)
    TerminalWindow.replaceProcess(with: command)
    exit(EX_OSERR)
  }

  /// The path of `ritualctl` beside this program; else its name alone.
  static var program: String {
    let name = "ritualctl"
    return Library.executable.flatMap { Programs.path(of: Folders.join(Folders.parent(of: $0), name)) }
      ?? name
  }

  /// The user's terminal.
  static var terminal: TerminalWindow {
    TerminalWindow(environment: { getenv($0).map { String(cString: $0) } })
  }

  private static func guide(_ name: String) -> ContentID? {
    let library = Library(
      environment: { getenv($0).map { String(cString: $0) } }, executable: Library.executable)
    guard let id = ContentID(name), library.guide(id).value != nil else { return nil }
    return id
  }

  /// Bytes; all ids are shorter.
  private static let longest = 256
  /// Milliseconds; the daemon sends the id at once.
  private static let patience: Int32 = 5000

  /// The line that the daemon sends, without its end; nil if it sends something else.
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
    // An error is ignored: the user has pressed Begin, even if the daemon has ended since.
    line.withUTF8 { _ = send(STDIN_FILENO, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
  }

  private static func end(_ word: String, status: Int32) -> Never {
    answer(word)
    exit(status)
  }
}
