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

  /// Colour is for a terminal that can, and for people who did not say no (no-color.org).
  static var wantsColor: Bool {
    let term = getenv("TERM").map { String(cString: $0) }
    let refuses = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    return isatty(STDOUT_FILENO) == 1 && !refuses && term != nil && term != "dumb"
  }
}
