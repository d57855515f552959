import ArgumentParser
import Control
import Glibc
import Varlink

struct EditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Opens the file of a ritual in your editor, and looks it over before it counts.",
    discussion: """
      The editor is the one that VISUAL or EDITOR names, or else editor, nano or
      vi. It gets a copy; what has a mistake is not taken, and can be edited
      again. Nothing that you wrote is lost: a copy that was not taken stays
      until you drop it. A file that is left empty changes nothing.
      """)

  @Argument(help: "The ritual.", completion: .rituals)
  var id: String

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let editor = try Editor(insteadOf: "ritualctl set \(Plain.text(id)) KEY=VALUE")
    let source = try options.daemon.call("Source", RitualRequest(ritual: id), as: SourceReply.self)
    let draft = try Draft(of: source.text, named: id, in: options.paths.drafts)
    while true {
      let mishap = editor.open(draft.path, line: source.line)
      let content = draft.content
      if content == .text(source.text) || content == .empty || content == .gone {
        return try leave(content, mishap, draft)
      }
      if let mishap { throw keep(draft, because: "\(mishap); nothing was saved") }
      if case .text(let text) = content {
        if try take(text, source, draft) { return }
      } else {
        Terminal.write("ritualctl: this cannot be read as a text in UTF-8\n", to: STDERR_FILENO)
      }
      guard try again(draft) else {
        draft.remove()
        throw Failure.exit("dropped; \(Plain.text(source.file)) is as it was", status: Failure.refused)
      }
    }
  }

  /// Nothing was written that could be taken: an editor that was left without a file, or with an empty one,
  /// is one that was given up, as with crontab(1) and git.
  private func leave(_ content: Draft.Content, _ mishap: String?, _ draft: Draft) throws {
    draft.remove()
    let id = Plain.text(id)
    let reason =
      switch content {
      case .empty: "the file is empty; to remove the ritual: ritualctl remove \(id)"
      case .gone: "the editor left no file"
      case .text, .noText: mishap
      }
    if let reason { throw Failure.exit("nothing was changed: \(reason)", status: Failure.refused) }
    try options.print(RewriteReply(changed: false, rituals: 0, problems: [])) { _ in "\(id): nothing changed"
    }
  }

  /// Gives the text to the daemon. False where it has mistakes, which are told then.
  private func take(_ text: String, _ source: SourceReply, _ draft: Draft) throws -> Bool {
    let request = RewriteRequest(file: source.file, text: text, revision: source.revision)
    let reply: RewriteReply
    do {
      reply = try options.daemon.request("Rewrite", request, as: RewriteReply.self)
    } catch let error as RemoteError {
      guard let error = error.decoded(as: InvalidConfiguration.self) else {
        throw keep(draft, because: Refusal.text(of: error))
      }
      let count = Wording.count(error.problems.count, "mistake", "mistakes")
      let texts = error.problems.map { Plain.lines($0.text) + "\n" }.joined()
      Terminal.tell("\(texts)\(count), so nothing was saved\n", to: STDERR_FILENO)
      return false
    } catch let error as DaemonClient.Unreachable {
      throw keep(draft, because: error.message, status: EX_UNAVAILABLE)
    }
    draft.remove()
    try options.print(reply) { style in
      "\(style.bold(id)): saved\n" + style.dim(Plain.text(source.file))
    }
    return true
  }

  /// Whether the user wants to go on. Where nobody answers, what was written stays.
  private func again(_ draft: Draft) throws -> Bool {
    // Said before it is asked: who ends this by Ctrl-C wants to find it, too.
    Terminal.tell("What you wrote is in \(Plain.text(draft.path))\n", to: STDERR_FILENO)
    while true {
      Terminal.write("Edit again (e), or drop what you wrote (d)? ", to: STDERR_FILENO)
      guard let answer = readLine() else {
        Terminal.write("\n", to: STDERR_FILENO)
        throw Failure.exit("nothing was saved", status: Failure.refused)
      }
      switch answer.lowercased().first {
      case "e", nil: return true
      case "d": return false
      default: continue
      }
    }
  }

  private func keep(_ draft: Draft, because reason: String, status: Int32 = Failure.refused) -> ExitCode {
    Failure.exit("\(reason)\nWhat you wrote is in \(Plain.text(draft.path))", status: status)
  }
}
