import Glibc

/// A pipe; both ends are close-on-exec.
nonisolated struct Pipe {
  let reading: Int32
  let writing: Int32

  init() throws(RigError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .failed("make a pipe", code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    reading = ends[0]
    writing = ends[1]
  }

  /// Reads up to the end.
  static func readAll(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    while let more = readSome(descriptor) { bytes += more }
    return bytes
  }

  /// Reads the first line, without its end; nil if none comes within ten seconds.
  static func readLine(_ descriptor: Int32) -> String? {
    var line: [UInt8] = []
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while poll(&waiting, 1, 10_000) > 0, let more = readSome(descriptor) {
      line += more
      if let end = line.firstIndex(of: UInt8(ascii: "\n")) {
        return String(decoding: line[..<end], as: UTF8.self)
      }
    }
    return nil
  }

  private static func readSome(_ descriptor: Int32) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      return count > 0 ? Array(buffer[..<count]) : nil
    }
  }
}
