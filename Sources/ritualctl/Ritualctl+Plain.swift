import ArgumentParser

extension Ritualctl {
  /// What is asked most, where it takes nothing but its name. To look at the description of all commands for that takes
  /// longer than the answer; a test holds both ways together.
  private static let plain: [(name: String, answer: @Sendable (Invocation) throws -> Void)] = [
    ("list", { try ListCommand.answer($0) })
  ]

  /// Answers where these words are such a command alone; else false.
  static func answerPlainly(_ words: [String]) -> Bool {
    guard words.count == 1, let command = plain.first(where: { $0.name == words[0] }) else { return false }
    do {
      try command.answer(Invocation())
    } catch {
      end(with: error, after: words)
    }
    return true
  }
}
