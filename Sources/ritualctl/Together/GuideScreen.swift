import CivilTime
import Rituals

/// The lines of a step on a terminal's screen: as many as the screen has, and none wider than it.
struct GuideScreen {
  let columns: Int
  let rows: Int
  let style: Style

  /// The bottom line of the screen.
  enum Foot {
    case keys
    /// A message for the user, until the next key.
    case word(String)
    /// The note that the user is writing.
    case note(question: String, text: String)
  }

  /// The columns of a line: wide lines are hard to read aloud.
  private var measure: Int { max(20, min(columns - 4, 72)) }

  func lines(_ walk: GuideWalk, _ foot: Foot, scrolledBy offset: Int) -> [String] {
    let content = content(of: walk)
    let bottom = bottom(walk, foot)
    let room = max(1, rows - 2 - bottom.count)
    let start = min(max(0, offset), max(0, content.count - room))
    var shown = Array(content[start...].prefix(room))
    shown += Array(repeating: "", count: room - shown.count)
    return ([head(of: walk), ""] + shown + bottom).prefix(rows).map { $0 }
  }

  /// The number of lines that do not fit, which is how far the step can be scrolled.
  func hidden(_ walk: GuideWalk, _ foot: Foot) -> Int {
    max(0, content(of: walk).count - max(1, rows - 2 - bottom(walk, foot).count))
  }

  private func head(of walk: GuideWalk) -> String {
    let place = "\(walk.position + 1) of \(walk.guide.steps.count)"
    let title = TerminalText.cut(
      TerminalText.line(walk.guide.head.title), to: max(0, columns - place.count - 4))
    let blanks = TerminalText.blanks(after: title, to: columns - place.count - 5)
    return "  " + style.dim(title + blanks + " " + place)
  }

  private func content(of walk: GuideWalk) -> [String] {
    let step = walk.step
    var lines = TerminalText.wrap(TerminalText.line(step.title), to: measure).map { "  " + style.bold($0) }
    if let speaker = step.speaker { lines.append("  " + style.dim(Self.words(for: speaker))) }
    lines.append("")
    lines += TerminalText.wrap(TerminalText.line(step.text), to: measure).map { "  " + $0 }
    let prompts = walk.prompts[walk.position] ?? []
    if !prompts.isEmpty { lines.append("") }
    for prompt in prompts {
      let wrapped = TerminalText.wrap(TerminalText.line(prompt), to: measure - 2)
      lines += wrapped.enumerated().map { "  " + ($0.offset == 0 ? "* " : "  ") + $0.element }
    }
    return lines
  }

  static func words(for speaker: GuideStep.Speaker) -> String {
    switch speaker {
    case .first: "the first of you"
    case .second: "the second of you"
    case .both: "both of you"
    }
  }

  private func bottom(_ walk: GuideWalk, _ foot: Foot) -> [String] {
    var lines = [""]
    if let remaining = walk.remaining { lines += ["  " + clock(remaining, isPaused: walk.isPaused), ""] }
    switch foot {
    case .keys: lines.append("  " + style.dim(TerminalText.cut(keys(for: walk), to: columns - 2)))
    case .word(let word):
      lines.append("  " + style.warning(TerminalText.cut(TerminalText.line(word), to: columns - 2)))
    case .note(let question, let text):
      // The user looks at the end of the note.
      let shown = TerminalText.tail(TerminalText.line(text), to: max(1, columns - 5))
      lines.append("  " + style.bold(TerminalText.cut(TerminalText.line(question), to: columns - 2)))
      lines.append("  > " + shown)
      lines.append(
        "  "
          + style.dim(
            TerminalText.cut("for your eyes only · enter keeps it · esc drops it", to: columns - 2))
      )
    }
    return lines
  }

  private func clock(_ remaining: Int64, isPaused: Bool) -> String {
    guard remaining > 0 else { return style.dim("Time is up. Go on when you are ready.") }
    let text = Self.clock(remaining)
    return isPaused ? style.warning(text + "  paused") : style.bold(text)
  }

  /// Minutes and seconds, such as `9:05`, rounded up to a second.
  static func clock(_ microseconds: Int64) -> String {
    let seconds = (microseconds + 999_999) / 1_000_000
    return "\(seconds / 60):" + Digits.padded(Int(seconds % 60), to: 2)
  }

  private func keys(for walk: GuideWalk) -> String {
    var keys = [walk.position + 1 == walk.guide.steps.count ? "enter done" : "enter next"]
    if walk.position > 0 { keys.append("← back") }
    if walk.remaining ?? 0 > 0 { keys.append(walk.isPaused ? "space goes on" : "space pause") }
    if walk.step.note != nil { keys.append("n note") }
    return (keys + ["q leave"]).joined(separator: " · ")
  }
}
