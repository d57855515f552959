package import CivilTime
package import Varlink

extension Moment {
  /// An instant, with the offset of a time zone.
  package init(_ instant: Instant, in zone: Zone) {
    self.init(at: instant.formatted(in: zone), unix: Double(instant.microseconds) / 1_000_000)
  }

  /// The instant, to the microsecond.
  package var instant: Instant { Instant(microseconds: Int64((unix * 1_000_000).rounded())) }

  /// Reads one from a reply.
  package init(_ reader: inout JSONReader) throws(JSONReader.Malformed) {
    self.init(at: "", unix: 0)
    try reader.object { (name, reader) throws(JSONReader.Malformed) in
      switch name {
      case "at": at = try reader.string()
      case "unix": unix = try reader.number()
      default: try reader.skip()
      }
    }
  }
}
