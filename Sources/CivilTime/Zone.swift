/// A time zone: the rules that turn instants into wall-clock time and back. (Surface first; the rules follow.)
package struct Zone: Hashable, Sendable {
  /// The IANA name, such as `Europe/Berlin`, or what the system calls its own zone.
  package let name: String

  package static let utc = Zone(name: "UTC")

  package init(name: String) { self.name = name }
}

/// Where named zones come from; the pure rooms ask it and never read a file.
package protocol ZoneSource {
  /// The zone of an IANA name; throws where there is none, or where its file is damaged.
  func zone(named name: String) throws(ZoneError) -> Zone
}

/// Why a zone cannot be had.
package enum ZoneError: Error, Hashable, Sendable {
  case unknown(name: String)
  case damaged(name: String, reason: String)
}
