package import CivilTime

/// The clocks that calendar files name: of the IANA database, by the names that other systems have for them,
/// or said in the file itself. Shared by the files of a folder: each definition is looked at once.
package final class CalendarZones: ZoneSource {
  private let zones: any ZoneSource
  /// The first of the two years for which a file's definition is compared with the machine's.
  private let year: Int
  private var found: [String: Zone?] = [:]
  private var standing: [[UInt8]: Zone?] = [:]
  private var verdicts: [Judged: Bool] = [:]

  private struct Judged: Hashable {
    let name: String
    let definition: [UInt8]
  }

  /// `year` is the present one: definitions are compared for it and the year after.
  package init(_ zones: any ZoneSource, year: Int) {
    self.zones = zones
    self.year = year
  }

  /// A zone by its name here, or by a rule as POSIX writes it, which is the name of those that a file
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

  /// What a name means, without what a file says of it: an IANA name, one within a path as libical and
  /// Mozilla write them (`/freeassociation.sourceforge.net/Europe/Berlin`), or one of Windows. `isOwn` is
  /// whether it is the zone's own.
  func known(_ name: String) -> (zone: Zone, isOwn: Bool)? {
    if let zone = database(name) { return (zone, true) }
    let parts = name.split(separator: "/")
    for count in [3, 2] where parts.count > count {
      if let zone = database(parts.suffix(count).joined(separator: "/")) { return (zone, true) }
    }
    return WindowsZones.names[name].flatMap(database).map { ($0, false) }
  }

  /// The rule that a definition ends with; nil where it has none that goes on.
  func standing(_ definition: Component) -> Zone? {
    let key = definition.bytes
    if let zone = standing[key] { return zone }
    let zone = ZoneDefinition(definition).flatMap { Zone(posix: $0.posix) }
    standing[key] = .some(zone)
    return zone
  }

  /// Whether a definition says of this year and the next what a zone says; also where it says nothing of
  /// them.
  func agrees(_ definition: Component, with zone: Zone) -> Bool {
    let key = Judged(name: zone.name, definition: definition.bytes)
    if let verdict = verdicts[key] { return verdict }
    let verdict = standing(definition).map { isAlike($0, zone) } ?? true
    verdicts[key] = verdict
    return verdict
  }

  private func isAlike(_ one: Zone, _ other: Zone) -> Bool {
    (0..<24).allSatisfy { month in
      guard let date = CivilDate(year: year + month / 12, month: month % 12 + 1, day: 15) else { return true }
      let noon = Zone.utc.instant(for: date.midnight)
      return one.local(at: noon).offset == other.local(at: noon).offset
    }
  }
}

/// The clocks of one file.
final class FileZones {
  private let shared: CalendarZones
  private let definitions: [String: Component]
  /// What is doubtful, once each.
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
    guard let zone = look(name) else { throw Unknown() }
    known[name] = zone
    return zone
  }

  private func look(_ name: String) -> Zone? {
    let definition = definitions[name]
    guard let (zone, isOwn) = shared.known(name) ?? byPlace(definition) else {
      return definition.flatMap(shared.standing)
    }
    guard let definition, !shared.agrees(definition, with: zone) else { return zone }
    // A name that only stands for a zone is less than what the file says itself.
    if !isOwn, let own = shared.standing(definition) { return own }
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
