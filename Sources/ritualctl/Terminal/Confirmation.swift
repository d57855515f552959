import Glibc

/// A yes of the user, who is asked on the terminal.
enum Confirmation {
  /// True if there is a terminal to ask on.
  static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  /// Asks a question. Enter alone is the default answer; without a terminal, or without an answer, it is no.
  static func isGiven(_ question: String, byDefault isYes: Bool = false) -> Bool {
    guard isPossible else { return false }
    Terminal.tell(question + (isYes ? " [Y/n] " : " [y/N] "), to: STDERR_FILENO)
    guard let answer = readLine()?.lowercased() else { return false }
    return answer.isEmpty ? isYes : ["y", "yes"].contains(answer)
  }
}
