package import CivilTime
package import Varlink

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

  /// Reads one from a reply.
  package init(_ reader: inout JSONReader) throws(JSONReader.Malformed) {
    var at = ""
    var unix = 0.0
    try reader.object { (name, reader) throws(JSONReader.Malformed) in
      switch name {
      case "at": at = try reader.string()
      case "unix": unix = try reader.number()
      default: try reader.skip()
      }
    }
    (self.at, self.unix) = (at, unix)
  }

  /// The instant, to the microsecond.
  package var instant: Instant { Instant(microseconds: Int64((unix * 1_000_000).rounded())) }
}
