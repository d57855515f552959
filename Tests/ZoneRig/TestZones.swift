package import CivilTime
import SystemZones

/// The zones that tests state facts about. Their files come with the tests (`zones.zi` explains each), so
/// that the facts hold with every release of tzdata.
package enum TestZones {
  /// Their folder, for a program's `TZDIR`.
  package static let folder =
    "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/zoneinfo"

  /// All of them, by name; independent of the machine's environment.
  package static func all() -> any ZoneSource { SystemZones(environment: { $0 == "TZDIR" ? folder : nil }) }

  package static func zone(_ name: String) throws(ZoneError) -> Zone { try all().zone(named: name) }
}
