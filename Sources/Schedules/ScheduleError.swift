/// A mistake in a text of the schedule language, with its place.
package struct ScheduleError: Error, Hashable, Sendable {
  /// The part of the text with the mistake, in UTF-8 offsets from the start of the text.
  package let range: Range<Int>
  /// The mistake as a short clause without a full stop.
  package let reason: String
  /// The texts that are accepted instead, as a noun phrase.
  package let accepted: String

  /// `range` counts UTF-8 bytes of the text.
  package init(range: Range<Int>, reason: String, accepted: String) {
    self.range = range
    self.reason = reason
    self.accepted = accepted
  }
}

extension ScheduleError: CustomStringConvertible {
  /// The mistake and the accepted texts in one line.
  package var description: String { "\(reason); accepted: \(accepted)" }
}
