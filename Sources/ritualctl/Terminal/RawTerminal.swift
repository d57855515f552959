import CLinux
import Descriptors
import Glibc

/// A terminal whose keys come one by one and are not shown. It gets its settings back on every way out, also
/// by a signal, and its former content where it was used as a screen.
final class RawTerminal {
  private var former = termios()
  private var isRaw = false
  private let signals: Int32
  private let isScreen: Bool

  /// An event that ends a wait.
  enum WaitResult {
    case keys([Key])
    /// The window has another size, or the process was stopped and goes on.
    case redraw
    case timeout
    /// A signal that is to end the process.
    case ended(Int32)
  }

  /// Takes the terminal of standard input; nil where that is none, or where a screen is wanted and standard
  /// output is none.
  ///
  /// - Parameter isScreen: whether lines are drawn in place of the terminal's content.
  init?(isScreen: Bool = true) {
    let term = getenv("TERM").map { String(cString: $0) }
    guard isatty(STDIN_FILENO) == 1, term != nil, term != "dumb", tcgetattr(STDIN_FILENO, &former) == 0,
      !isScreen || isatty(STDOUT_FILENO) == 1
    else { return nil }
    self.isScreen = isScreen
    let meant = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH]
    signals = ritual_signal_pipe(meant, Int32(meant.count))
    guard signals >= 0 else { return nil }
    takeOver()
  }

  deinit { restore() }

  /// The size of the terminal; 80×24 where it does not say.
  var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return (80, 24)
    }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Draws lines from the top of the screen.
  func show(_ lines: [String], cursor: (line: Int, column: Int)? = nil) {
    var text = "\u{1b}[?25l\u{1b}[H"
    text += lines.map { $0 + "\u{1b}[K" }.joined(separator: "\r\n") + "\u{1b}[J"
    if let cursor { text += "\u{1b}[\(cursor.line);\(cursor.column)H\u{1b}[?25h" }
    Terminal.draw(text)
  }

  /// Gives the terminal its settings and content back. A second call does nothing.
  func restore() {
    guard isRaw else { return }
    isRaw = false
    if isScreen { Terminal.draw("\u{1b}[?25h\u{1b}[?1049l") }
    tcsetattr(STDIN_FILENO, TCSANOW, &former)
  }

  /// Waits for keys or a signal, for at most so many milliseconds; nil is no limit.
  func wait(_ milliseconds: Int?) -> WaitResult {
    switch input(milliseconds) {
    case .bytes(let bytes): .keys(Key.keys(in: bytes))
    case .event(let event): event
    }
  }

  /// Reads a line that the user sees and can change until Enter. Nil where the input has ended. A signal ends
  /// the process.
  func line() -> String? {
    restore()
    defer { takeOver() }
    var line: [UInt8] = []
    while line.last != UInt8(ascii: "\n") {
      switch input(nil) {
      case .bytes([]): return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
      case .bytes(let bytes): line += bytes
      case .event(.ended(let number)): endProcess(by: number)
      case .event: restore()
      }
    }
    return String(decoding: line.dropLast(), as: UTF8.self)
  }

  private enum Input {
    /// Bytes from the terminal; none where its input has ended.
    case bytes([UInt8])
    case event(WaitResult)
  }

  private func input(_ milliseconds: Int?) -> Input {
    var sources = [
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
    ]
    // A signal that interrupts this has written to its pipe: the second call ends at once.
    let count = uninterrupted { poll(&sources, nfds_t(sources.count), Int32(clamping: milliseconds ?? -1)) }
    if count == 0 { return .event(.timeout) }
    if count < 0 { return .bytes([]) }
    if sources[0].revents != 0 {
      var number: UInt8 = 0
      if read(signals, &number, 1) == 1 { return .event(event(for: Int32(number))) }
    }
    guard sources[1].revents != 0 else { return .event(.redraw) }
    var buffer = [UInt8](repeating: 0, count: 1024)
    let length = uninterrupted { read(STDIN_FILENO, &buffer, buffer.count) }
    if length < 0, errno == EAGAIN { return .event(.redraw) }
    return .bytes(Array(buffer.prefix(max(0, length))))
  }

  /// Ends the process by a signal that this class caught; the terminal is given back before.
  func endProcess(by number: Int32) -> Never {
    restore()
    signal(number, SIG_DFL)
    raise(number)
    exit(128 + number)
  }

  private func event(for number: Int32) -> WaitResult {
    switch number {
    case SIGWINCH: return .redraw
    case SIGTSTP:
      restore()
      raise(SIGSTOP)
      takeOver()
      return .redraw
    case SIGCONT:
      // The shell may have set its own settings meanwhile.
      isRaw = false
      takeOver()
      return .redraw
    default: return .ended(number)
    }
  }

  private func takeOver() {
    guard !isRaw else { return }
    isRaw = true
    var raw = former
    // Keys come at once and are not shown; Ctrl-C and Ctrl-Z stay signals (termios(3)).
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    raw.c_iflag &= ~tcflag_t(ICRNL | IXON)
    tcsetattr(STDIN_FILENO, TCSANOW, &raw)
    if isScreen { Terminal.draw("\u{1b}[?1049h\u{1b}[?25l") }
  }
}
