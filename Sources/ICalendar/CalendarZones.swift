package import CivilTime

/// The zones of calendar files: those of the IANA database, also by the names of other systems, and those
/// that a file defines. The files of a folder share one object, so that it examines each definition once.
package final class CalendarZones: ZoneSource {
  private let zones: any ZoneSource
  /// The first of the two years for which a file's definition is compared with the machine's zone.
  private let year: Int
  private var found: [String: Zone?] = [:]
  private var lastRule: [[UInt8]: Zone?] = [:]
  private var comparisons: [Comparison: Bool] = [:]

  private struct Comparison: Hashable {
    let name: String
    let definition: [UInt8]
  }

  /// `year` is the present one. Definitions are compared for it and the next.
  package init(_ zones: any ZoneSource, year: Int) {
    self.zones = zones
    self.year = year
  }

  /// The zone of a name of the IANA database, or of a POSIX rule, which is the name of a zone that a file
  /// defines.
  package func zone(named name: String) throws(ZoneError) -> Zone {
    if let zone = database(name) { return zone }
    guard let zone = Zone(posix: name) else { throw .unknown(name: name) }
    return zone
  }

  private func database(_ name: String) -> Zone? {
    if let zone = found[name] { return zone }
    let zone = try? zones.zone(named: name)
    found[name] = .some(zone)
    return zone
  }

  /// The zone of a name, without the file's definition: an IANA name, an IANA name in a path as libical and
  /// Mozilla write it (`/freeassociation.sourceforge.net/Europe/Berlin`), or a name of Windows. `isOwn` is
  /// whether the name is the zone's own.
  func known(_ name: String) -> (zone: Zone, isOwn: Bool)? {
    if let zone = database(name) { return (zone, true) }
    let parts = name.split(separator: "/")
    for count in [3, 2] where parts.count > count {
      if let zone = database(parts.suffix(count).joined(separator: "/")) { return (zone, true) }
    }
    return WindowsZones.names[name].flatMap(database).map { ($0, false) }
  }

  /// The zone of the last rule of a definition; nil if no rule lasts.
  func lastRule(_ definition: Component) -> Zone? {
    let key = definition.bytes
    if let zone = lastRule[key] { return zone }
    let zone = ZoneDefinition(definition).flatMap { Zone(posix: $0.posix) }
    lastRule[key] = .some(zone)
    return zone
  }

  /// True if a definition has the same offsets as a zone, this year and the next, or if it has no lasting
  /// rule.
  func agrees(_ definition: Component, with zone: Zone) -> Bool {
    let key = Comparison(name: zone.name, definition: definition.bytes)
    if let isSame = comparisons[key] { return isSame }
    let isSame = lastRule(definition).map { hasSameOffsets($0, zone) } ?? true
    comparisons[key] = isSame
    return isSame
  }

  private func hasSameOffsets(_ one: Zone, _ other: Zone) -> Bool {
    (0..<24).allSatisfy { month in
      guard let date = CivilDate(year: year + month / 12, month: month % 12 + 1, day: 15) else { return true }
      let noon = Zone.utc.instant(for: date.midnight)
      return one.local(at: noon).offset == other.local(at: noon).offset
    }
  }
}

/// The zones of one file.
final class FileZones {
  private let shared: CalendarZones
  private let definitions: [String: Component]
  /// Definitions that differ from the machine's zone, once each.
  private(set) var notes: [ICalendarError] = []
  private var known: [String: Zone] = [:]

  struct Unknown: Error {}

  init(_ calendars: [Component], shared: CalendarZones) {
    self.shared = shared
    var definitions: [String: Component] = [:]
    for calendar in calendars {
      for definition in calendar.components("VTIMEZONE").prefix(100) {
        if let name = definition.first("TZID")?.value { definitions[name] = definition }
      }
    }
    self.definitions = definitions
  }

  func zone(named name: String) throws(Unknown) -> Zone {
    if let zone = known[name] { return zone }
    guard let zone = find(name) else { throw Unknown() }
    known[name] = zone
    return zone
  }

  private func find(_ name: String) -> Zone? {
    let definition = definitions[name]
    guard let (zone, isOwn) = shared.known(name) ?? byPlace(definition) else {
      return definition.flatMap(shared.lastRule)
    }
    guard let definition, !shared.agrees(definition, with: zone) else { return zone }
    // The file's definition is more precise than a name of another system.
    if !isOwn, let own = shared.lastRule(definition) { return own }
    notes.append(
      ICalendarError(
        line: definition.line,
        reason: "\(EventReader.shown(name)) is another time zone here than in the file; this machine's holds")
    )
    return zone
  }

  private func byPlace(_ definition: Component?) -> (zone: Zone, isOwn: Bool)? {
    definition?.first("X-LIC-LOCATION").flatMap { shared.known($0.value) }
  }
}
