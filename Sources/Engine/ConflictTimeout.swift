import CivilTime
import Rituals

/// A break in a conflict: the rest, the question whether both are ready, the offer of a repair.
struct ConflictTimeout: Sendable {
  /// The timeout that is not over yet.
  private(set) var timeout: Timeout?
  /// The line that its rest began with. Private.
  private(set) var soothing: String?

  /// The guide that the repair's Begin opens.
  static let repair = "repair"

  // MARK: Queries

  /// The hold on every ritual while it rests.
  func hold(at now: Instant) -> Hold? {
    guard let timeout, timeout.holds(at: now) else { return nil }
    return .timeout(until: timeout.until)
  }

  /// True where it left out what came at an instant.
  func held(at instant: Instant) -> Bool { timeout?.held(at: instant) ?? false }

  /// The notification that belongs to its stage; nil where nothing is to be shown.
  var wantedKind: Reminder.Kind? {
    switch timeout?.stage {
    case .asking: .comeBack
    case .offering: .repair
    case .resting, .asked, nil: nil
    }
  }

  /// True where a slot is to be seen; the line that a rest begins with, until it was.
  func wants(_ slot: Slot) -> Bool {
    slot.kind == wantedKind
      || slot.kind == .soothing && slot.notification == nil && timeout?.stage == .resting
  }

  /// The times and the line that its notifications show.
  var rest: Reminder.Rest? {
    timeout.map { Reminder.Rest(since: $0.since, until: $0.until, soothing: soothing) }
  }

  // MARK: Steps

  mutating func restore(_ timeout: Timeout, _ step: inout Step) {
    self.timeout = timeout
    arm(&step)
  }

  mutating func setSoothing(_ line: String?) { soothing = line }

  /// Writes down where it stands, and sets its deadline. `unclosed` is a notification of it that is still to
  /// be closed: it stays written down, also where the timeout is over.
  mutating func set(_ timeout: Timeout?, unclosed: NotificationID?, _ step: inout Step) {
    var timeout = timeout
    if let unclosed, let new = timeout, new.notification == nil { timeout = new.shown(on: unclosed) }
    guard timeout != self.timeout else { return }
    self.timeout = timeout
    if timeout != nil || unclosed == nil { step.record(.timeout(timeout)) }
    arm(&step)
  }

  /// Its last notification was closed.
  func closed(_ step: inout Step) {
    if timeout == nil { step.record(.timeout(nil)) }
  }

  private func arm(_ step: inout Step) {
    let deadline = timeout.map { timeout in
      switch timeout.stage {
      case .resting: timeout.until
      case .asking, .asked: timeout.until.advanced(byMicroseconds: Timeout.patience)
      case .offering: timeout.until.advanced(byMicroseconds: Timeout.keeps)
      }
    }
    step.deadlines.set(.timeout, to: deadline)
  }
}

extension Timeout {
  func shown(on notification: NotificationID?) -> Timeout {
    Timeout(since: since, until: until, stage: stage, notification: notification)
  }

  func entering(_ stage: Stage) -> Timeout { Timeout(since: since, until: until, stage: stage) }
}
