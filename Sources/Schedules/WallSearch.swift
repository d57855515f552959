import CivilTime

/// The search for the next or previous instant of a pattern in a zone: the search on the wall clock, within
/// one period of constant offset after the other.
///
/// A local time that the clocks skip is shifted by the gap (RFC 5545 3.3.5); one that they show twice occurs
/// once, the first time.
extension WallPattern {
  /// The distance to a change of the clock beyond which it cannot bear on an occurrence.
  private static var margin: Int64 { 2 * 86_400_000_000 }

  /// The first occurrence strictly after an instant; nil if there is none up to the year 2199.
  func next(after instant: Instant, on zone: Zone) -> Instant? {
    // Two days leave room for every zone.
    var point = max(instant.microseconds, earliest - Self.margin)
    while point < Period.latest {
      let period = zone.period(at: Instant(microseconds: point + 1))
      var best: Int64?
      if period.before < period.offset {
        // Clocks went forward: a skipped time occurs, shifted.
        let from = max(point, period.start - 1) + period.before
        if let wall = wall(after: from), wall < period.start + period.offset { best = wall - period.before }
      }
      var from = max(point, period.start - 1) + period.offset
      // Clocks went back: times that they show again have occurred.
      if period.before > period.offset { from = max(from, period.start + period.before - 1) }
      guard let wall = wall(after: from) else { return best.map { Instant(microseconds: $0) } }
      let candidate = wall - period.offset
      if candidate < period.end { best = min(best ?? candidate, candidate) }
      if let best { return Instant(microseconds: best) }
      if let there = settled(wall, near: candidate, on: zone) { return there }
      point = max(period.end, candidate - Self.margin) - 1
    }
    return nil
  }

  /// The instant of a wall time in another period than the one in which the search began; nil if a change of
  /// the clock is near.
  private func settled(_ wall: Int64, near candidate: Int64, on zone: Zone) -> Instant? {
    let period = zone.period(at: Instant(microseconds: candidate))
    let instant = wall - period.offset
    guard instant - period.start > Self.margin, period.end - instant > Self.margin else { return nil }
    return Instant(microseconds: instant)
  }

  /// The last occurrence strictly before an instant; nil if there is none from `earliest` on.
  func previous(before instant: Instant, on zone: Zone) -> Instant? {
    var point = min(instant.microseconds, Period.latest)
    while point > earliest - Self.margin {
      let period = zone.period(at: Instant(microseconds: point - 1))
      var best: Int64?
      if period.before < period.offset {
        let to = min(point + period.before, period.start + period.offset)
        if let wall = wall(before: to), wall >= period.start + period.before { best = wall - period.before }
      }
      guard let wall = wall(before: point + period.offset) else {
        return best.map { Instant(microseconds: $0) }
      }
      let candidate = wall - period.offset
      let earliest =
        period.before > period.offset ? period.start + period.before - period.offset : period.start
      if candidate >= earliest { best = max(best ?? candidate, candidate) }
      if let best { return Instant(microseconds: best) }
      if let there = settled(wall, near: candidate, on: zone) { return there }
      point = min(period.start, candidate + Self.margin)
    }
    return nil
  }
}

extension Period {
  /// 2200-01-03, in microseconds since the epoch: the last year that an expression can name is over in every
  /// zone.
  fileprivate static let latest: Int64 = Int64(Horizon.lastDay + 3) * 86_400_000_000
}
