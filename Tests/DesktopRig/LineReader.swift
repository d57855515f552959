import Dispatch
import Glibc

/// The lines that a program prints, for a test to wait for.
package final class LineReader {
  /// The end for the program; the test closes it once the program has it.
  package let writing: Int32
  private let lines: Mailbox<String>
  private let source: any DispatchSourceRead
  private var rest: [UInt8] = []
  /// All lines so far, for messages and for looking back.
  package private(set) var all: [String] = []

  /// - Parameter name: for the message if nothing comes.
  package init(_ name: String) throws(RigError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .failed("make a pipe", code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let reading = ends[0]
    writing = ends[1]
    lines = Mailbox(name)
    source = DispatchSource.makeReadSource(fileDescriptor: reading, queue: .main)
    source.setEventHandler { [weak self] in self?.read(reading) }
    source.setCancelHandler { close(reading) }
    source.activate()
  }

  isolated deinit { source.cancel() }

  /// Closes this process's copy, after the program has its own.
  package func closeWritingEnd() { close(writing) }

  /// Waits for the next line that `isWanted`; skips lines before it.
  package func next(where isWanted: (String) -> Bool = { _ in true }) async throws -> String {
    while true {
      let line = try await lines.next()
      if isWanted(line) { return line }
    }
  }

  private func read(_ descriptor: Int32) {
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    guard count > 0 else { return source.cancel() }
    rest += buffer[..<count]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = String(decoding: rest[..<end], as: UTF8.self)
      rest.removeSubrange(...end)
      all.append(line)
      lines.put(line)
    }
  }
}
