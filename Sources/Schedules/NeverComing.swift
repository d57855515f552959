package import CivilTime

/// One text of a schedule that does not come, and why.
package struct NeverComing: Hashable, Sendable {
  package let text: String
  /// A clause.
  package let reason: String
  /// What would come, as a clause.
  package let accepted: String

  /// What is wrong, a clause without a full stop.
  package var sentence: String { "it would never come: \(reason)" }
}

extension Schedule {
  /// Those of its texts that do not come after an instant; none of a schedule that has no text. `zone` is the wall clock
  /// where the texts name none.
  package func neverComing(after instant: Instant, in zone: Zone) -> [NeverComing] {
    // What comes besides is a part of its own, behind those of the texts.
    zip(texts, parts).compactMap { text, part in
      guard part.next(after: instant, in: zone) == nil else { return nil }
      let (reason, accepted) = part.absence(after: instant, in: zone)
      return NeverComing(text: text, reason: reason, accepted: accepted)
    }
  }
}

extension RecurrenceSet {
  /// Why it does not come after an instant.
  fileprivate func absence(after instant: Instant, in zone: Zone) -> (reason: String, accepted: String) {
    guard let last = previous(before: instant.advanced(byMicroseconds: 1), in: zone) else {
      guard start == nil, excluded.isEmpty else {
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
