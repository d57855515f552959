import CivilTime

/// Two zones, so that no test depends on the machine's.
struct FewZones: ZoneSource {
  func zone(named name: String) throws(ZoneError) -> Zone {
    switch name {
    case "UTC", "Europe/Berlin": return .utc
    default: throw .unknown(name: name)
    }
  }
}
