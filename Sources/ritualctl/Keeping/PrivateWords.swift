import ArgumentParser
import Descriptors
import Glibc
import Rituals

/// Private words of the user's: arguments, or standard input, where no other program sees them in the list of
/// processes.
enum PrivateWords {
  /// The arguments, or standard input where there are none or the one is `-`: a line from a terminal,
  /// everything from a pipe or a file.
  ///
  /// - Throws: `Failure` for more than a note may have: the daemon would close the connection on that much.
  static func given(_ arguments: [String], asking question: String) throws -> String {
    let text = try all(arguments, asking: question)
    let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? text.startIndex
    guard text[..<end].drop(while: \.isWhitespace).count <= Note.longest else { throw tooLong }
    return text
  }

  private static var tooLong: Failure {
    Failure(
      "text: more than \(Note.longest) characters; accepted: 1 to \(Note.longest) characters",
      status: EX_DATAERR)
  }

  private static func all(_ arguments: [String], asking question: String) throws -> String {
    guard arguments.isEmpty || arguments == ["-"] else { return arguments.joined(separator: " ") }
    guard isatty(STDIN_FILENO) == 1 else { return try everything() }
    Terminal.tell(question + " ", to: STDERR_FILENO)
    guard let line = readLine() else { throw Failure("nothing was written") }
    return line
  }

  /// The most bytes that are read, more than any note may have.
  private static let largest = 1 << 20

  private static func everything() throws -> String {
    let bytes = (try? Descriptor.bytes(from: STDIN_FILENO, upTo: largest)) ?? []
    guard bytes.count <= largest else { throw tooLong }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure("standard input is not UTF-8", status: EX_DATAERR)
    }
    return text
  }
}
