import ArgumentParser
import CLinux
import Glibc

/// Private words that a user gives: as arguments, or on standard input, where no other program sees them in the list of
/// processes.
enum Words {
  /// The arguments; where there are none, or one that is `-`, what comes in: a line from a terminal, everything from a
  /// pipe or a file.
  static func given(_ arguments: [String], asking question: String) throws -> String {
    guard arguments.isEmpty || arguments == ["-"] else { return arguments.joined(separator: " ") }
    guard isatty(STDIN_FILENO) == 1 else { return try everything() }
    Terminal.write(question + " ", to: STDERR_FILENO)
    guard let line = readLine() else { throw Failure.exit("nothing was written", status: Failure.refused) }
    return line
  }

  /// Asks a question that wants a yes. Without a terminal nobody can be asked.
  static func confirmed(_ question: String) -> Bool {
    Terminal.write(question + " [y/N] ", to: STDERR_FILENO)
    return ["y", "yes"].contains(readLine()?.lowercased())
  }

  static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  /// More than any note may have; the daemon says how much that is.
  private static let largest = 1 << 20

  private static func everything() throws -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while bytes.count < largest {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure.exit("what came on standard input is not UTF-8", status: EX_DATAERR)
    }
    return text
  }
}
