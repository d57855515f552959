/// What is wrong in a text of the schedule language, and where.
package struct ScheduleError: Error, Hashable, Sendable {
  /// The part of the text that was not understood, in UTF-8 offsets from its start.
  package let range: Range<Int>
  /// What is wrong, a short clause without a full stop.
  package let reason: String
  /// What is accepted instead.
  package let accepted: String

  /// `range` counts UTF-8 bytes of the text.
  package init(range: Range<Int>, reason: String, accepted: String) {
    self.range = range
    self.reason = reason
    self.accepted = accepted
  }
}

extension ScheduleError: CustomStringConvertible {
  /// What was found and what is accepted, in one line.
  package var description: String { "\(reason); accepted: \(accepted)" }
}
