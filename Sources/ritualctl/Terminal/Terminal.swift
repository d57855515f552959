import Descriptors
import Glibc

/// Where the answer goes.
enum Terminal {
  /// Writes all of it, as it is. An answer that goes nowhere is none: where standard output does not take it,
  /// that is said, and the program ends. A reader that went away (`| head -1`) has what it wanted.
  static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
    guard let error = send(text, to: descriptor), descriptor == STDOUT_FILENO, error.code != EPIPE
    else { return }
    end(because: error)
  }

  /// Writes words for people. Words of others among them command nothing (`Plain.answer`).
  static func tell(_ words: String, colored: Bool = false, to descriptor: Int32 = STDOUT_FILENO) {
    write(Plain.answer(words, colored: colored), to: descriptor)
  }

  /// Draws on a screen. One that is gone is nobody's to complain to.
  static func draw(_ text: String) { _ = send(text, to: STDOUT_FILENO) }

  /// Takes care of the streams that every program has. What a shell closed (`>&-`) is held by something that
  /// cannot be written to, or else the next file or socket would be it; and what the parser prints by itself,
  /// such as a help page, is looked after at the end.
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

  /// Writes all of it; returns the error where that fails.
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

  /// How many columns the terminal has that the answer goes to; nil where it goes elsewhere (ioctl_tty(2),
  /// TIOCGWINSZ).
  static var columns: Int? {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// Colour is for a terminal that can, and for people who did not say no (no-color.org).
  static var wantsColor: Bool {
    let term = getenv("TERM").map { String(cString: $0) }
    let refuses = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    return isatty(STDOUT_FILENO) == 1 && !refuses && term != nil && term != "dumb"
  }
}
