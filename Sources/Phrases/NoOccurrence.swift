package import CivilTime
package import Schedules

/// A text of a schedule without a future occurrence, and the reason.
package struct NoOccurrence: Hashable, Sendable {
  package let text: String
  /// The reason as a clause.
  package let reason: String
  /// The texts that would have an occurrence, as a noun phrase.
  package let accepted: String

  /// The mistake as a clause without a full stop.
  package var sentence: String { "it would never come: \(reason)" }
}

extension Schedule {
  /// The texts without an occurrence after an instant. `zone` is the wall clock of texts that name none.
  package func textsWithoutOccurrence(after instant: Instant, in zone: Zone) -> [NoOccurrence] {
    // The dates added to a union have a set of their own behind those of the texts.
    zip(texts, sets).compactMap { text, set in
      guard set.next(after: instant, in: zone) == nil else { return nil }
      let (reason, accepted) = set.absence(after: instant, in: zone)
      return NoOccurrence(text: text, reason: reason, accepted: accepted)
    }
  }
}

extension RecurrenceSet {
  /// The reason why the set has no occurrence after an instant, and the accepted alternative.
  fileprivate func absence(after instant: Instant, in zone: Zone) -> (reason: String, accepted: String) {
    guard let last = previous(before: instant.advanced(byMicroseconds: 1), in: zone) else {
      guard start == nil, excludedDates.isEmpty else {
        return ("its start and its exceptions leave nothing of it", "other dates beside it")
      }
      return ("there is no such day", "a day that there is")
    }
    let moment = English.moment((self.zone ?? zone).local(at: last).civil)
    let isOnce = previous(before: last, in: zone) == nil
    return (
      isOnce ? "\(moment) lies in the past" : "its last time, \(moment), lies in the past",
      "a time that is still to come"
    )
  }
}
