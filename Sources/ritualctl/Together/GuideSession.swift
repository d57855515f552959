import CLinux
import Glibc
import Rituals

/// A walk through a guide on a terminal's screen: one step a screen, with a countdown and keys.
struct GuideSession {
  private let terminal: RawTerminal
  private let helper: GuideHelper
  private let style: Style
  private let path: String
  /// Called when a step's time is over.
  private let ring: () -> Void
  private var walk: GuideWalk
  private var foot: GuideScreen.Foot
  private var offset = 0
  private var last = Self.now

  init(
    _ walk: GuideWalk, on terminal: RawTerminal, _ helper: GuideHelper, style: Style, progress path: String,
    isResumed: Bool, ring: @escaping () -> Void
  ) {
    self.walk = walk
    self.terminal = terminal
    self.helper = helper
    self.style = style
    self.path = path
    self.ring = ring
    foot = isResumed ? .word("You left off here. Press r to start over.") : .keys
  }

  /// Walks until the end of the guide, or until the user leaves. Returns whether it was the end.
  mutating func run() -> Bool {
    while !walk.isOver {
      draw()
      let milliseconds = pause
      let event = terminal.wait(milliseconds)
      countDown()
      switch event {
      case .keys(let keys):
        for key in keys where !walk.isOver {
          if !obey(key) { return saveAndLeave() }
        }
      case .redraw, .timeout: break
      case .ended(let number):
        _ = saveAndLeave()
        terminal.endProcess(by: number)
      }
    }
    GuideProgress.remove(path)
    terminal.restore()
    return true
  }

  /// The milliseconds until the countdown on the screen changes; nil while it stands still.
  private var pause: Int? {
    guard walk.isCounting, let remaining = walk.remaining else { return nil }
    let rest = remaining % 1_000_000
    return Int((rest == 0 ? 1_000_000 : rest) / 1000 + 1)
  }

  private mutating func countDown() {
    let now = Self.now
    defer { last = now }
    if walk.countDown(by: now - last) { ring() }
  }

  private mutating func draw() {
    if let drawing = walk.step.drawing, walk.prompts[walk.position] == nil {
      walk.prompts[walk.position] = helper.prompts(for: drawing, besides: walk.prompts.values.flatMap { $0 })
      // The daemon does not draw these prompts again, so they are kept for when the two come back.
      GuideProgress(walk, at: Int64(time(nil))).save(to: path)
    }
    let (columns, rows) = terminal.size
    let screen = GuideScreen(columns: columns, rows: rows, style: style)
    offset = min(offset, screen.hidden(walk, foot))
    let lines = screen.lines(walk, foot, scrolledBy: offset)
    if case .note(_, let text) = foot {
      let column = min(
        columns, 5 + TerminalText.width(TerminalText.tail(TerminalText.line(text), to: max(1, columns - 5))))
      terminal.show(lines, cursor: (max(1, lines.count - 1), column))
    } else {
      terminal.show(lines)
    }
  }

  /// Obeys a key. Returns false where the user leaves.
  private mutating func obey(_ key: Key) -> Bool {
    if case .note(let question, let text) = foot { return editNote(with: key, question, text) }
    let wasWord = if case .word = foot { true } else { false }
    foot = .keys
    switch key {
    case .end, .letter("q"), .letter("Q"): return false
    case .letter("r") where wasWord:
      walk.startOver()
      offset = 0
    case .enter, .right:
      walk.goOn()
      offset = 0
    case .left:
      walk.goBack()
      offset = 0
    case .down: offset += 1
    case .up: offset = max(0, offset - 1)
    case .space: walk.togglePause()
    case .letter("n"):
      if let question = walk.step.note { foot = .note(question: question, text: "") }
    case .letter, .escape, .backspace: break
    }
    return true
  }

  private mutating func editNote(with key: Key, _ question: String, _ text: String) -> Bool {
    switch key {
    case .end: return false
    case .escape: foot = .keys
    case .enter:
      let words = text.filter { !$0.isWhitespace }
      guard !words.isEmpty else {
        foot = .keys
        return true
      }
      if let reason = helper.keepNote(text) {
        foot = .note(question: "Not kept: \(reason). Enter tries again.", text: text)
      } else {
        foot = .word("Kept. ritualctl notes shows it.")
      }
    case .backspace: foot = .note(question: question, text: String(text.dropLast()))
    case .space: foot = .note(question: question, text: text + " ")
    case .letter(let letter): foot = .note(question: question, text: text + String(letter))
    case .left, .right, .up, .down: break
    }
    return true
  }

  private func saveAndLeave() -> Bool {
    GuideProgress(walk, at: Int64(time(nil))).save(to: path)
    terminal.restore()
    return false
  }

  /// CLOCK_MONOTONIC in microseconds, which stands still while the machine sleeps, as the conversation does.
  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }
}
