package import CivilTime
import SystemZones

/// The zones for tests that state facts. Their files are part of the tests (`zones.zi` has the reason for
/// each), so that the facts hold with every release of tzdata.
package enum TestZones {
  /// Their folder, for a program's `TZDIR`.
  package static let folder =
    "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/zoneinfo"

  /// A source of these zones, independent of the machine's environment.
  package static func all() -> any ZoneSource { SystemZones(environment: { $0 == "TZDIR" ? folder : nil }) }

  package static func zone(_ name: String) throws(ZoneError) -> Zone { try all().zone(named: name) }
}
