import CLinux
import Glibc

/// A terminal as a screen: keys come one by one and are not shown, and what stood there before comes back at the end, on
/// every way out: also by a signal.
final class RawTerminal {
  private var usual = termios()
  private var isRaw = false
  private let signals: Int32

  /// Why a wait ended.
  enum Event {
    case keys([Key])
    /// The window has another size, or the process was stopped and goes on.
    case redraw
    case timeout
    /// A signal that is to end the process.
    case ended(Int32)
  }

  /// Nil where standard input and output are no terminal that could be a screen.
  init?() {
    let term = getenv("TERM").map { String(cString: $0) }
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, term != nil, term != "dumb",
      tcgetattr(STDIN_FILENO, &usual) == 0
    else { return nil }
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
    Terminal.draw("\u{1b}[?25h\u{1b}[?1049l")
    tcsetattr(STDIN_FILENO, TCSANOW, &usual)
  }

  /// Waits for keys or a signal, for so many milliseconds at most; without end where it is nil.
  func wait(_ milliseconds: Int?) -> Event {
    var sources = [
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
    ]
    let count = poll(&sources, nfds_t(sources.count), Int32(clamping: milliseconds ?? -1))
    if count == 0 { return .timeout }
    if count < 0 { return errno == EINTR ? .redraw : .keys([.end]) }
    if sources[0].revents != 0 {
      var number: UInt8 = 0
      if read(signals, &number, 1) == 1 { return answer(Int32(number)) }
    }
    guard sources[1].revents != 0 else { return .redraw }
    var buffer = [UInt8](repeating: 0, count: 1024)
    let length = read(STDIN_FILENO, &buffer, buffer.count)
    if length < 0, errno == EINTR || errno == EAGAIN { return .redraw }
    return .keys(Key.keys(in: Array(buffer.prefix(max(0, length)))))
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
    Terminal.draw("\u{1b}[?1049h\u{1b}[?25l")
  }
}
