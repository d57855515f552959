import Descriptors
import Glibc

/// The streams that answers and complaints go to.
enum Terminal {
  /// Writes a text as it is. Where standard output does not take all of it, this says so and ends the
  /// program, unless the reader went away (`| head -1`): it has what it wanted.
  static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
    guard let error = send(text, to: descriptor), descriptor == STDOUT_FILENO, error.code != EPIPE
    else { return }
    end(because: error)
  }

  /// Writes text for people. No words in it command the terminal (`TerminalText.answer`).
  static func tell(_ words: String, colored: Bool = false, to descriptor: Int32 = STDOUT_FILENO) {
    write(TerminalText.answer(words, colored: colored), to: descriptor)
  }

  /// Draws on a screen. Where the screen is gone, nobody reads a complaint.
  static func draw(_ text: String) { _ = send(text, to: STDOUT_FILENO) }

  /// Prepares the standard streams. A stream that a shell closed (`>&-`) is opened for the other direction,
  /// or else the next file or socket would take its number. At the end of the program, pages that the parser
  /// printed are checked too.
  static func prepare() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
    }
    atexit {
      guard fflush(nil) != 0, errno != EPIPE else { return }
      Terminal.complain(.last)
      _exit(Failure.refused)
    }
  }

  /// Writes all of a text. Returns the error where that fails.
  private static func send(_ text: String, to descriptor: Int32) -> ErrorNumber? {
    do throws(ErrorNumber) {
      try Descriptor.write(Array(text.utf8), to: descriptor)
      return nil
    } catch {
      return error
    }
  }

  private static func end(because error: ErrorNumber) -> Never {
    complain(error)
    exit(Failure.refused)
  }

  private static func complain(_ error: ErrorNumber) {
    _ = send("ritualctl: the output cannot be written: \(error)\n", to: STDERR_FILENO)
  }

  /// The number of the terminal's columns; nil where standard output is no terminal (ioctl_tty(2),
  /// TIOCGWINSZ).
  static var columns: Int? {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// True if answers are coloured: on a terminal that can, unless NO_COLOR says no (no-color.org).
  static var wantsColor: Bool {
    let term = getenv("TERM").map { String(cString: $0) }
    let refuses = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    return isatty(STDOUT_FILENO) == 1 && !refuses && term != nil && term != "dumb"
  }
}
