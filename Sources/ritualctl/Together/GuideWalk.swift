import Rituals
import Schedules

/// A walk of two people through a guide: the step they are at, and the time it has left. It knows no terminal
/// and no clock.
struct GuideWalk {
  let guide: Guide
  /// The index of the present step.
  private(set) var position: Int
  /// The countdown stands still.
  private(set) var isPaused = false
  /// The last step was left.
  private(set) var isOver = false
  /// The prompts that were drawn for each step, by the step's index.
  var prompts: [Int: [String]]
  /// The microseconds that are left of each step that has a timer and was begun, by the step's index.
  private(set) var left: [Int: Int64]

  init(_ guide: Guide, position: Int = 0, left: [Int: Int64] = [:], prompts: [Int: [String]] = [:]) {
    self.guide = guide
    self.position = min(max(position, 0), guide.steps.count - 1)
    self.left = left.filter { guide.steps.indices.contains($0.key) }
    self.prompts = prompts
    begin()
  }

  var step: GuideStep { guide.steps[position] }

  /// The microseconds that are left of the present step; nil for a step without a timer.
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

  /// Takes time off the present step. Returns whether the step's time has just ended.
  mutating func countDown(by microseconds: Int64) -> Bool {
    guard isCounting, let remaining else { return false }
    left[position] = max(0, remaining - microseconds)
    return left[position] == 0
  }

  /// Begins the present step. One whose time was over gets all of it again.
  private mutating func begin() {
    guard let timer = step.timer else { return }
    if left[position] ?? 0 == 0 { left[position] = timer.microseconds }
  }
}
