import Glibc
import Rituals

/// A walk through a guide line by line, for where there is no terminal to draw on: Enter goes on, q leaves.
struct PlainGuide {
  let helper: GuideHelper
  let style: Style
  let path: String
  /// Where keys come from; nil where lines come from a pipe or a file.
  let terminal: RawTerminal?

  /// Walks until the end, or until somebody leaves or the input ends; says whether it was the end.
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

  /// Waits for Enter, or for what leaves: a q, which needs no Enter where there are keys, or the end of the
  /// input.
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
      case .ended(let number): terminal.end(by: number)
      }
    }
  }

  /// A line; nil where the input has ended, or where q alone is on it.
  private func line() -> String? {
    let line = if let terminal { terminal.line() } else { readLine() }
    return line.flatMap { $0.filter { !$0.isWhitespace }.lowercased() == "q" ? nil : $0 }
  }

  private func text(of walk: GuideWalk) -> String {
    let step = walk.step
    var lines = [
      "", style.bold("\(walk.position + 1) of \(walk.guide.steps.count)  \(Plain.text(step.title))"),
    ]
    let speaker = step.speaker.map(GuideScreen.words)
    let span = step.timer.map { "\($0)" }
    let about = [speaker, span].compactMap(\.self).joined(separator: ", ")
    if !about.isEmpty { lines.append(style.dim(about)) }
    lines += Wrapped.lines(Plain.text(step.text), width: 76)
    for prompt in walk.prompts[walk.position] ?? [] {
      let wrapped = Wrapped.lines(Plain.text(prompt), width: 74)
      lines += wrapped.enumerated().map { ($0.offset == 0 ? "* " : "  ") + $0.element }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// False where somebody leaves, or the input has ended.
  private func askForNote(_ walk: GuideWalk) -> Bool {
    Terminal.tell("\(Plain.text(walk.step.note ?? "")) (a line for your eyes alone, or Enter; q leaves)\n")
    guard let line = line() else { return false }
    guard line.contains(where: { !$0.isWhitespace }) else { return true }
    Terminal.tell(helper.keep(line).map { "Not kept: \($0)\n" } ?? "Kept\n")
    return true
  }
}
