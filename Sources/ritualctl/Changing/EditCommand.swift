import ArgumentParser
import Control
import Glibc
import Varlink

struct EditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "edit",
    abstract: "Opens a ritual's file in your editor, and checks it before it takes effect.",
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
    let editor = try Editor(insteadOf: "ritualctl set \(TerminalText.line(id)) KEY=VALUE")
    let source = try options.daemon.call("Source", SourceRequest(ritual: id), as: SourceReply.self).value
    let draft = try Draft(of: source.text, named: id, in: UserFolders.paths.drafts)
    while true {
      let mishap = editor.open(draft.path, line: source.line)
      let content = draft.content
      if content == .text(source.text) || content == .empty || content == .gone {
        return try endUnchanged(content, mishap, draft)
      }
      if let mishap { throw failure(keeping: draft, because: "\(mishap); nothing was saved") }
      if case .text(let text) = content {
        if try save(text, source, draft) { return }
      } else {
        Terminal.write("ritualctl: this is not UTF-8 text\n", to: STDERR_FILENO)
      }
      guard try wantsToEditAgain(draft) else {
        draft.remove()
        throw Failure("dropped; \(TerminalText.line(source.file)) is as it was")
      }
    }
  }

  /// Ends without a change. As with crontab(1) and git, the user gives up by leaving no file, or an empty
  /// one.
  private func endUnchanged(_ content: Draft.Content, _ mishap: String?, _ draft: Draft) throws {
    draft.remove()
    let id = TerminalText.line(id)
    let reason =
      switch content {
      case .empty: "the file is empty; to remove the ritual: ritualctl remove \(id)"
      case .gone: "the editor left no file"
      case .text, .noText: mishap
      }
    if let reason { throw Failure("nothing was changed: \(reason)") }
    try options.print(RewriteReply(changed: false, rituals: 0, problems: [])) { _ in "\(id): nothing changed"
    }
  }

  /// Sends the text to the daemon. Returns false where it has mistakes, after it said them.
  private func save(_ text: String, _ source: SourceReply, _ draft: Draft) throws -> Bool {
    let request = RewriteRequest(file: source.file, text: text, revision: source.revision)
    let reply: DaemonReply<RewriteReply>
    do {
      reply = try options.daemon.call("Rewrite", request, as: RewriteReply.self)
    } catch let error as RemoteError {
      guard let error = error.decoded(as: InvalidConfiguration.self) else {
        throw failure(keeping: draft, because: Refusal.text(of: error))
      }
      let count = Wording.count(error.problems.count, "mistake", "mistakes")
      let texts = error.problems.map { TerminalText.lines($0.text) + "\n" }.joined()
      Terminal.tell("\(texts)\(count), so nothing was saved\n", to: STDERR_FILENO)
      return false
    } catch let error as DaemonClient.Unreachable {
      throw failure(keeping: draft, because: error.message, status: EX_UNAVAILABLE)
    }
    draft.remove()
    try options.print(reply) { _, style in
      "\(style.bold(id)): saved\n" + style.dim(TerminalText.line(source.file))
    }
    return true
  }

  /// Asks whether to edit again. Without an answer the draft stays.
  private func wantsToEditAgain(_ draft: Draft) throws -> Bool {
    // The path is said before the question, for a user who answers it by Ctrl-C.
    Terminal.tell("What you wrote is in \(TerminalText.line(draft.path))\n", to: STDERR_FILENO)
    while true {
      Terminal.write("Edit again (e), or drop what you wrote (d)? ", to: STDERR_FILENO)
      guard let answer = readLine() else {
        Terminal.write("\n", to: STDERR_FILENO)
        throw Failure("nothing was saved")
      }
      switch answer.lowercased().first {
      case "e", nil: return true
      case "d": return false
      default: continue
      }
    }
  }

  private func failure(keeping draft: Draft, because reason: String, status: Int32 = Failure.refused)
    -> Failure
  {
    Failure("\(reason)\nWhat you wrote is in \(TerminalText.line(draft.path))", status: status)
  }
}
