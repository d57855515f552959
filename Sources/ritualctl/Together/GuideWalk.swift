import Rituals
import Schedules

/// Two people's way through a guide: where they are, and how much time the step they are at has left. Knows no terminal
/// and no clock.
struct GuideWalk {
  let guide: Guide
  /// The place of the present step.
  private(set) var position: Int
  /// Whether the countdown stands still.
  private(set) var isPaused = false
  /// The last step was left: the way is at its end.
  private(set) var isOver = false
  /// What was drawn for each step, by its place.
  var prompts: [Int: [String]]
  /// Microseconds that each step with a timer has left, where it was begun.
  private(set) var left: [Int: Int64]

  init(_ guide: Guide, position: Int = 0, left: [Int: Int64] = [:], prompts: [Int: [String]] = [:]) {
    self.guide = guide
    self.position = min(max(position, 0), guide.steps.count - 1)
    self.left = left.filter { guide.steps.indices.contains($0.key) }
    self.prompts = prompts
    begin()
  }

  var step: Step { guide.steps[position] }

  /// Microseconds that are left of the step's time; nil where it takes as long as it takes.
  var remaining: Int64? { left[position] }

  var isCounting: Bool { !isPaused && !isOver && remaining ?? 0 > 0 }

  mutating func goOn() {
    isPaused = false
    if position + 1 == guide.steps.count {
      isOver = true
    } else {
      position += 1
      begin()
    }
  }

  mutating func goBack() {
    guard position > 0 else { return }
    isPaused = false
    position -= 1
    begin()
  }

  mutating func startOver() { self = GuideWalk(guide) }

  mutating func togglePause() {
    if remaining ?? 0 > 0 { isPaused.toggle() }
  }

  /// Time passes. Returns whether the step's time has just come to its end.
  mutating func pass(_ microseconds: Int64) -> Bool {
    guard isCounting, let remaining else { return false }
    left[position] = max(0, remaining - microseconds)
    return left[position] == 0
  }

  /// A step whose time was over has it again when it is come back to.
  private mutating func begin() {
    guard let timer = step.timer else { return }
    if left[position] ?? 0 == 0 { left[position] = timer.microseconds }
  }
}
