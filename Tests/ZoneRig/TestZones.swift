package import CivilTime
import SystemZones

/// The zones about which tests state facts. Their files come with the tests (`zones.zi` says why each is
/// there), so that what a test states holds with every release of tzdata.
package enum TestZones {
  /// Where they lie, for a program that gets it as `TZDIR`.
  package static let folder =
    "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/zoneinfo"

  /// All of them, by name; nothing of the machine's environment.
  package static func all() -> any ZoneSource { SystemZones(environment: { $0 == "TZDIR" ? folder : nil }) }

  package static func zone(_ name: String) throws(ZoneError) -> Zone { try all().zone(named: name) }
}
