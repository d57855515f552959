import CLinux
import Descriptors
import Glibc

/// A terminal whose keys come one by one and are not shown. It is given back at the end as it was, on every
/// way out, also by a signal; where it is a screen, what stood there before comes back too.
final class RawTerminal {
  private var usual = termios()
  private var isRaw = false
  private let signals: Int32
  private let isScreen: Bool

  /// Why a wait ended.
  enum Event {
    case keys([Key])
    /// The window has another size, or the process was stopped and goes on.
    case redraw
    case timeout
    /// A signal that is to end the process.
    case ended(Int32)
  }

  /// Nil where standard input is no terminal that tells keys, or where there is to be a screen and can be
  /// none.
  /// - Parameter isScreen: whether steps are drawn in place of what stands there.
  init?(isScreen: Bool = true) {
    let term = getenv("TERM").map { String(cString: $0) }
    guard isatty(STDIN_FILENO) == 1, term != nil, term != "dumb", tcgetattr(STDIN_FILENO, &usual) == 0,
      !isScreen || isatty(STDOUT_FILENO) == 1
    else { return nil }
    self.isScreen = isScreen
    let meant = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH]
    signals = ritual_signal_pipe(meant, Int32(meant.count))
    guard signals >= 0 else { return nil }
    enter()
  }

  deinit { leave() }

  /// Lines and columns; 80×24 where the terminal does not say.
  var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return (80, 24)
    }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Shows lines from the top, each in place of what was there.
  func show(_ lines: [String], cursor: (line: Int, column: Int)? = nil) {
    var text = "\u{1b}[?25l\u{1b}[H"
    text += lines.map { $0 + "\u{1b}[K" }.joined(separator: "\r\n") + "\u{1b}[J"
    if let cursor { text += "\u{1b}[\(cursor.line);\(cursor.column)H\u{1b}[?25h" }
    Terminal.draw(text)
  }

  /// Gives the terminal back; harmless where that is done.
  func leave() {
    guard isRaw else { return }
    isRaw = false
    if isScreen { Terminal.draw("\u{1b}[?25h\u{1b}[?1049l") }
    tcsetattr(STDIN_FILENO, TCSANOW, &usual)
  }

  /// Waits for keys or a signal, for so many milliseconds at most; without end where it is nil.
  func wait(_ milliseconds: Int?) -> Event {
    switch input(milliseconds) {
    case .bytes(let bytes): .keys(Key.keys(in: bytes))
    case .event(let event): event
    }
  }

  /// Reads a line that is typed as usual: seen, and changed until Enter. Nil where the input has ended. A
  /// signal ends the process.
  func line() -> String? {
    leave()
    defer { enter() }
    var line: [UInt8] = []
    while line.last != UInt8(ascii: "\n") {
      switch input(nil) {
      case .bytes([]): return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
      case .bytes(let bytes): line += bytes
      case .event(.ended(let number)): end(by: number)
      case .event: leave()
      }
    }
    return String(decoding: line.dropLast(), as: UTF8.self)
  }

  private enum Input {
    /// None where the input has ended.
    case bytes([UInt8])
    case event(Event)
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
      if read(signals, &number, 1) == 1 { return .event(answer(Int32(number))) }
    }
    guard sources[1].revents != 0 else { return .event(.redraw) }
    var buffer = [UInt8](repeating: 0, count: 1024)
    let length = uninterrupted { read(STDIN_FILENO, &buffer, buffer.count) }
    if length < 0, errno == EAGAIN { return .event(.redraw) }
    return .bytes(Array(buffer.prefix(max(0, length))))
  }

  /// Ends the process by a signal, as if it had never been listened to; the terminal has been given back.
  func end(by number: Int32) -> Never {
    leave()
    signal(number, SIG_DFL)
    raise(number)
    exit(128 + number)
  }

  private func answer(_ number: Int32) -> Event {
    switch number {
    case SIGWINCH: return .redraw
    case SIGTSTP:
      leave()
      raise(SIGSTOP)
      enter()
      return .redraw
    case SIGCONT:
      // The shell may have set its own ways meanwhile.
      isRaw = false
      enter()
      return .redraw
    default: return .ended(number)
    }
  }

  private func enter() {
    guard !isRaw else { return }
    isRaw = true
    var raw = usual
    // Keys at once and unseen; Ctrl-C and Ctrl-Z stay signals (termios(3)).
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    raw.c_iflag &= ~tcflag_t(ICRNL | IXON)
    tcsetattr(STDIN_FILENO, TCSANOW, &raw)
    if isScreen { Terminal.draw("\u{1b}[?1049h\u{1b}[?25l") }
  }
}
