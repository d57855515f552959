import Glibc

/// Where the answer goes.
enum Terminal {
  /// Writes all of it, in as few calls as the system takes.
  static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
    var text = text
    text.withUTF8 { bytes in
      var position = 0
      while position < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + position }, bytes.count - position)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        position += count
      }
    }
  }

  /// How many columns the terminal has that the answer goes to; nil where it goes elsewhere (ioctl_tty(2), TIOCGWINSZ).
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
