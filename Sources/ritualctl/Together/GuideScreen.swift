import Rituals

/// How a step looks in a terminal: exactly as many lines as it has, none longer than it is wide.
struct GuideScreen {
  let columns: Int
  let rows: Int
  let style: Style

  /// What is said at the bottom in place of the keys.
  enum Foot {
    case keys
    /// A word for the user, until the next key.
    case word(String)
    /// A note is being written.
    case note(question: String, text: String)
  }

  /// Wide lines are hard to read aloud.
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

  /// How far the step can be scrolled.
  func hidden(_ walk: GuideWalk, _ foot: Foot) -> Int {
    max(0, content(of: walk).count - max(1, rows - 2 - bottom(walk, foot).count))
  }

  private func head(of walk: GuideWalk) -> String {
    let place = "\(walk.position + 1) of \(walk.guide.steps.count)"
    let title = Wrapped.cut(Plain.text(walk.guide.head.title), to: max(0, columns - place.count - 4))
    let space = max(1, columns - 4 - Plain.width(title) - place.count)
    return "  " + style.dim(title + String(repeating: " ", count: space) + place)
  }

  private func content(of walk: GuideWalk) -> [String] {
    let step = walk.step
    var lines = Wrapped.lines(Plain.text(step.title), width: measure).map { "  " + style.bold($0) }
    if let speaker = step.speaker { lines.append("  " + style.dim(Self.words(for: speaker))) }
    lines.append("")
    lines += Wrapped.lines(Plain.text(step.text), width: measure).map { "  " + $0 }
    let prompts = walk.prompts[walk.position] ?? []
    if !prompts.isEmpty { lines.append("") }
    for prompt in prompts {
      let wrapped = Wrapped.lines(Plain.text(prompt), width: measure - 2)
      lines += wrapped.enumerated().map { "  " + ($0.offset == 0 ? "* " : "  ") + $0.element }
    }
    return lines
  }

  static func words(for speaker: Step.Speaker) -> String {
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
    case .keys: lines.append("  " + style.dim(Wrapped.cut(keys(for: walk), to: columns - 2)))
    case .word(let word): lines.append("  " + style.warning(Wrapped.cut(Plain.text(word), to: columns - 2)))
    case .note(let question, let text):
      // The end of what is written is what one looks at.
      let shown = Wrapped.tail(Plain.text(text), to: max(1, columns - 5))
      lines.append("  " + style.bold(Wrapped.cut(Plain.text(question), to: columns - 2)))
      lines.append("  > " + shown)
      lines.append(
        "  " + style.dim(Wrapped.cut("for your eyes alone · enter keeps it · esc leaves it", to: columns - 2))
      )
    }
    return lines
  }

  private func clock(_ remaining: Int64, isPaused: Bool) -> String {
    guard remaining > 0 else { return style.dim("The time is over. Go on when you are ready.") }
    let text = Self.clock(remaining)
    return isPaused ? style.warning(text + "  paused") : style.bold(text)
  }

  /// `9:05`: minutes and seconds, begun seconds counted whole.
  static func clock(_ microseconds: Int64) -> String {
    let seconds = (microseconds + 999_999) / 1_000_000
    return "\(seconds / 60):" + (seconds % 60 < 10 ? "0" : "") + "\(seconds % 60)"
  }

  private func keys(for walk: GuideWalk) -> String {
    var keys = [walk.position + 1 == walk.guide.steps.count ? "enter done" : "enter next"]
    if walk.position > 0 { keys.append("← back") }
    if walk.remaining ?? 0 > 0 { keys.append(walk.isPaused ? "space goes on" : "space pause") }
    if walk.step.note != nil { keys.append("n note") }
    return (keys + ["q leave"]).joined(separator: " · ")
  }
}

/// Words in lines.
enum Wrapped {
  /// The text in lines of at most so many columns; a word that is longer is broken.
  static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      var word = String(word)
      if !line.isEmpty, Plain.width(line) + 1 + Plain.width(word) > width {
        lines.append(line)
        line = ""
      }
      while Plain.width(word) > width {
        let start = cut(word, to: width, ending: "")
        guard !start.isEmpty else { break }
        lines.append(start)
        word.removeFirst(start.count)
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// The beginning of a text that fits, with a sign where something is left out.
  static func cut(_ text: String, to width: Int, ending: String = "…") -> String {
    guard Plain.width(text) > width else { return text }
    var kept = ""
    var taken = Plain.width(ending)
    for character in text {
      taken += Plain.width(String(character))
      guard taken <= width else { break }
      kept.append(character)
    }
    return kept + ending
  }

  /// The end of a text that fits.
  static func tail(_ text: String, to width: Int) -> String {
    String(cut(String(text.reversed()), to: width, ending: "").reversed())
  }
}
