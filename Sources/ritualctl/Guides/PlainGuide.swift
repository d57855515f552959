import Glibc
import Rituals

/// A walk through a guide line by line, for where there is no terminal to draw on: Enter goes on.
struct PlainGuide {
  let helper: GuideHelper
  let style: Style
  let path: String

  /// Walks until the end, or until the input ends; says whether it was the end.
  func run(_ walk: GuideWalk) -> Bool {
    var walk = walk
    while !walk.isOver {
      if let drawing = walk.step.drawing, walk.prompts[walk.position] == nil {
        walk.prompts[walk.position] = helper.prompts(
          for: drawing, besides: walk.prompts.values.flatMap { $0 })
      }
      GuideProgress(walk, at: Int64(time(nil))).save(to: path)
      Terminal.write(text(of: walk))
      if walk.step.note != nil, !askForNote(walk) { return false }
      Terminal.write(
        style.dim(walk.position + 1 == walk.guide.steps.count ? "Enter ends" : "Enter goes on") + "\n")
      guard readLine() != nil else { return false }
      walk.goOn()
    }
    GuideProgress.remove(path)
    return true
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

  /// False where the input has ended.
  private func askForNote(_ walk: GuideWalk) -> Bool {
    Terminal.write("\(Plain.text(walk.step.note ?? "")) (a line for your eyes alone, or Enter)\n")
    guard let line = readLine() else { return false }
    guard line.contains(where: { !$0.isWhitespace }) else { return true }
    Terminal.write(helper.keep(line).map { "Not kept: \($0)\n" } ?? "Kept\n")
    return true
  }
}
