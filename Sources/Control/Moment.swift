package import CivilTime

/// An instant on the wire: for people and for programs.
package struct Moment: Codable, Hashable, Sendable {
  /// RFC 3339 with the offset of the user's zone.
  package let at: String
  /// Seconds since the epoch, with a fraction where there is one.
  package let unix: Double

  package init(_ instant: Instant, in zone: Zone) {
    at = instant.formatted(in: zone)
    unix = Double(instant.microseconds) / 1_000_000
  }

  /// The instant, to the microsecond.
  package var instant: Instant { Instant(microseconds: Int64((unix * 1_000_000).rounded())) }
}
