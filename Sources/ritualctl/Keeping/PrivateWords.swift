import ArgumentParser
import Descriptors
import Glibc
import Rituals

/// Private words that a user gives: as arguments, or on standard input, where no other program sees them in
/// the list of processes.
enum Words {
  /// The arguments; where there are none, or one that is `-`, what comes in: a line from a terminal,
  /// everything from a pipe or a file. What is longer than a note may be is not sent: the daemon would close
  /// the connection on a sender of that much.
  static func given(_ arguments: [String], asking question: String) throws -> String {
    let text = try all(arguments, asking: question)
    let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? text.startIndex
    guard text[..<end].drop(while: \.isWhitespace).count <= Note.longest else { throw tooLong }
    return text
  }

  private static var tooLong: ExitCode {
    Failure.exit(
      "text: more than \(Note.longest) characters; accepted: 1 to \(Note.longest) characters",
      status: EX_DATAERR)
  }

  private static func all(_ arguments: [String], asking question: String) throws -> String {
    guard arguments.isEmpty || arguments == ["-"] else { return arguments.joined(separator: " ") }
    guard isatty(STDIN_FILENO) == 1 else { return try everything() }
    Terminal.tell(question + " ", to: STDERR_FILENO)
    guard let line = readLine() else { throw Failure.exit("nothing was written", status: Failure.refused) }
    return line
  }

  /// Asks a question that wants a yes. Without a terminal nobody can be asked.
  static func confirmed(_ question: String) -> Bool {
    Terminal.tell(question + " [y/N] ", to: STDERR_FILENO)
    return ["y", "yes"].contains(readLine()?.lowercased())
  }

  static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  /// More bytes than any note may have.
  private static let largest = 1 << 20

  private static func everything() throws -> String {
    let bytes = (try? Descriptor.bytes(from: STDIN_FILENO, upTo: largest)) ?? []
    guard bytes.count <= largest else { throw tooLong }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure.exit("what came on standard input is not UTF-8", status: EX_DATAERR)
    }
    return text
  }
}
