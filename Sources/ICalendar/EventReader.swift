import CivilTime
import Escaping
import Schedules

/// The parser of an event or a to-do from its component.
struct EventReader {
  private let component: Component
  private let zones: FileZones

  init(_ component: Component, zones: FileZones) {
    self.component = component
    self.zones = zones
  }

  func event() throws(ICalendarError) -> ICalendarEvent {
    for name in ["DTSTART", "DTEND", "DUE", "DURATION", "RRULE", "RECURRENCE-ID", "UID", "SUMMARY"] {
      let all = component.all(name)
      if let second = all.dropFirst().first {
        throw ICalendarError(line: second.line, reason: "\(name) is there twice", accepted: "one")
      }
      if let only = all.first { try checkReadable(only) }
    }
    guard let uid = component.first("UID")?.value, !uid.isEmpty else {
      throw ICalendarError(line: component.line, reason: "UID is missing", accepted: "UID:…")
    }
    let isToDo = component.name == "VTODO"
    let start = try start(isToDo: isToDo)
    let id = component.first("RECURRENCE-ID")
    let alarms = component.components("VALARM")
    let readAlarms = alarms.prefix(100).compactMap { EventAlarm($0) }
    let answers =
      alarms.prefix(100).compactMap { $0.first("ACKNOWLEDGED").flatMap(EventAlarm.instant) }
      + ["X-MOZ-LASTACK"].compactMap { component.first($0).flatMap(EventAlarm.instant) }
    let status = component.first("STATUS")?.value.uppercased()
    return ICalendarEvent(
      uid: ContentText.unescaped(uid), line: component.line, isToDo: isToDo, occurrence: try id.map(stamp),
      standsForLater: id?.parameter("RANGE")?.uppercased() == "THISANDFUTURE", start: start,
      length: try length(from: start), rule: component.first("RRULE")?.value,
      included: try stamps("RDATE"), excluded: try stamps("EXDATE"),
      status: status == "CANCELLED"
        || isToDo && (status == "COMPLETED" || component.first("COMPLETED") != nil)
        ? .over : .live,
      summary: component.text("SUMMARY"), description: component.text("DESCRIPTION"),
      categories: component.all("CATEGORIES").prefix(100).flatMap { ContentText.list($0.value) },
      alarms: readAlarms, created: component.first("CREATED")?.value ?? "",
      modified: ["LAST-MODIFIED", "DTSTAMP"].lazy.compactMap {
        component.first($0).flatMap(EventAlarm.instant)
      }.first,
      isPrivate: ["PRIVATE", "CONFIDENTIAL"].contains(component.first("CLASS")?.value.uppercased()),
      origin: component.first("X-RITUAL-ID")?.value, acknowledged: answers.max())
  }

  private func start(isToDo: Bool) throws(ICalendarError) -> ICalendarEvent.Stamp {
    if let property = component.first("DTSTART") { return try stamp(property) }
    if isToDo, let due = component.first("DUE") { return try stamp(due) }
    throw ICalendarError(
      line: component.line, reason: "nothing says when it starts",
      accepted: isToDo ? "DTSTART or DUE" : "DTSTART:20261127T193000")
  }

  private func length(from start: ICalendarEvent.Stamp) throws(ICalendarError) -> Int64? {
    if let property = component.first("DURATION") {
      guard let seconds = DurationText.seconds(property.value), seconds >= 0 else {
        throw ICalendarError(
          line: property.line, reason: "\(Self.shown(property.value)) is no duration",
          accepted: DurationText.accepted)
      }
      return seconds
    }
    guard let property = component.first("DTEND") ?? component.first("DUE") else { return nil }
    let seconds = Self.seconds(from: start, to: try stamp(property))
    guard seconds >= 0 else {
      throw ICalendarError(
        line: property.line, reason: "it ends before it starts", accepted: "an end that is later")
    }
    return seconds
  }

  /// A difference of two local times without a zone is the same in UTC.
  private static func seconds(from start: ICalendarEvent.Stamp, to end: ICalendarEvent.Stamp) -> Int64 {
    let begin = start.value.instant(in: start.zone ?? .utc)
    return begin.microseconds(until: end.value.instant(in: end.zone ?? .utc)) / 1_000_000
  }

  // MARK: Dates

  private func stamp(_ property: Property) throws(ICalendarError) -> ICalendarEvent.Stamp {
    try stamp(property.value, of: property)
  }

  private func stamp(_ text: String, of property: Property) throws(ICalendarError) -> ICalendarEvent.Stamp {
    let value: DateValue
    do throws(ScheduleError) {
      value = try DateValue(parsing: text)
    } catch {
      throw ICalendarError(
        line: property.line, reason: "\(property.name): \(error.reason)", accepted: error.accepted)
    }
    // A zone beside a whole day or a time in UTC is a common mistake without an effect.
    guard case .local = value, let name = property.parameter("TZID") else {
      return ICalendarEvent.Stamp(value: value, zone: nil)
    }
    do throws(FileZones.Unknown) {
      return ICalendarEvent.Stamp(value: value, zone: try zones.zone(named: name))
    } catch {
      throw ICalendarError(
        line: property.line, reason: "\(property.name): there is no time zone \(Self.shown(name))",
        accepted: "a zone of the IANA database, or one that the file says itself")
    }
  }

  private func stamps(_ name: String) throws(ICalendarError) -> [ICalendarEvent.Stamp] {
    var stamps: [ICalendarEvent.Stamp] = []
    for property in component.all(name) {
      try checkReadable(property)
      for item in property.value.split(separator: ",") {
        guard stamps.count < Bounds.dates else {
          throw ICalendarError(line: property.line, reason: "there are more than \(Bounds.dates) dates")
        }
        // A period counts by its beginning.
        let text = item.prefix { $0 != "/" }
        stamps.append(try stamp(String(text).trimmingBlanks, of: property))
      }
    }
    return stamps
  }

  private func checkReadable(_ property: Property) throws(ICalendarError) {
    guard property.isReadable else {
      let reason = property.length > Bounds.line ? "is longer than 64 KiB" : "is not UTF-8"
      throw ICalendarError(line: property.line, reason: "\(property.name) \(reason)")
    }
  }

  /// A value for a message: cut, and without characters that control a terminal.
  static func shown(_ text: String) -> String { Escaped.exact(String(text.unicodeScalars.prefix(60))) }
}
