package import CivilTime

extension Moment {
  /// An instant, with the offset of a time zone.
  package init(_ instant: Instant, in zone: Zone) {
    self.init(at: instant.formatted(in: zone), unix: Double(instant.microseconds) / 1_000_000)
  }

  /// The instant, to the microsecond.
  package var instant: Instant { Instant(microseconds: Int64((unix * 1_000_000).rounded())) }
}
