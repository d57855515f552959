import Glibc
import Rituals

/// A walk through a guide line by line, without a screen: Enter goes on, q leaves.
struct PlainGuide {
  let helper: GuideHelper
  let style: Style
  let path: String
  /// The source of keys; nil where lines come from a pipe or a file.
  let terminal: RawTerminal?

  /// Walks until the end of the guide, until the user leaves, or until the input ends. Returns whether it was
  /// the guide's end.
  func run(_ walk: GuideWalk) -> Bool {
    var walk = walk
    while !walk.isOver {
      if let drawing = walk.step.drawing, walk.prompts[walk.position] == nil {
        walk.prompts[walk.position] = helper.prompts(
          for: drawing, besides: walk.prompts.values.flatMap { $0 })
      }
      GuideProgress(walk, at: Int64(time(nil))).save(to: path)
      Terminal.tell(text(of: walk), colored: style.isColored)
      if walk.step.note != nil, !askForNote(walk) { return false }
      let isLast = walk.position + 1 == walk.guide.steps.count
      Terminal.write(style.dim(isLast ? "Enter ends, q leaves" : "Enter goes on, q leaves") + "\n")
      guard goesOn() else { return false }
      walk.goOn()
    }
    GuideProgress.remove(path)
    return true
  }

  /// Waits for Enter, for a q, or for the end of the input. Returns whether it was Enter.
  private func goesOn() -> Bool {
    guard let terminal else { return line() != nil }
    while true {
      switch terminal.wait(nil) {
      case .keys(let keys):
        for key in keys {
          switch key {
          case .enter: return true
          case .end, .letter("q"), .letter("Q"): return false
          default: continue
          }
        }
      case .redraw, .timeout: continue
      case .ended(let number): terminal.endProcess(by: number)
      }
    }
  }

  /// Reads a line. Nil where the input has ended, or where the line is a q alone.
  private func line() -> String? {
    let line = if let terminal { terminal.line() } else { readLine() }
    return line.flatMap { $0.filter { !$0.isWhitespace }.lowercased() == "q" ? nil : $0 }
  }

  private func text(of walk: GuideWalk) -> String {
    let step = walk.step
    var lines = [
      "", style.bold("\(walk.position + 1) of \(walk.guide.steps.count)  \(TerminalText.line(step.title))"),
    ]
    let speaker = step.speaker.map(GuideScreen.words)
    let span = step.timer.map { "\($0)" }
    let about = [speaker, span].compactMap(\.self).joined(separator: ", ")
    if !about.isEmpty { lines.append(style.dim(about)) }
    lines += TerminalText.wrap(TerminalText.line(step.text), to: 76)
    for prompt in walk.prompts[walk.position] ?? [] {
      let wrapped = TerminalText.wrap(TerminalText.line(prompt), to: 74)
      lines += wrapped.enumerated().map { ($0.offset == 0 ? "* " : "  ") + $0.element }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Asks for the note of a step. Returns false where the user leaves, or the input has ended.
  private func askForNote(_ walk: GuideWalk) -> Bool {
    Terminal.tell(
      "\(TerminalText.line(walk.step.note ?? "")) (a line for your eyes only, or just Enter; q leaves)\n")
    guard let line = line() else { return false }
    guard line.contains(where: { !$0.isWhitespace }) else { return true }
    Terminal.tell(helper.keepNote(line).map { "Not kept: \($0)\n" } ?? "Kept\n")
    return true
  }
}
