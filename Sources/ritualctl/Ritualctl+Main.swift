import ArgumentParser

extension Ritualctl {
  /// What is asked most, where it takes nothing but its name. To look at the description of all commands for that takes
  /// longer than the answer; a test holds both ways together.
  private static let plain: [(name: String, answer: @Sendable (Invocation) throws -> Void)] = [
    ("list", { try ListCommand.answer($0) })
  ]

  static func main() {
    let words = CommandLine.arguments.dropFirst()
    guard words.count == 1, let command = plain.first(where: { $0.name == words.first }) else {
      return main(nil)
    }
    do {
      try command.answer(Invocation())
    } catch {
      exit(withError: error)
    }
  }
}
