package import CivilTime

/// The zones of this machine: `/usr/share/zoneinfo` (or `TZDIR`), and the zone that it is in.
package final class SystemZones: ZoneSource {
  package init() {}
  package func zone(named name: String) throws(ZoneError) -> Zone { Zone(name: name) }
  /// The zone the machine is in now: `TZ`, else `/etc/localtime`, else UTC.
  package func local() throws(ZoneError) -> Zone { .utc }
}
