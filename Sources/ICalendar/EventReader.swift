import CivilTime
import Escaping
import Schedules

/// Reads an event or a to-do out of its component.
struct EventReader {
  private let component: Component
  private let zones: FileZones

  init(_ component: Component, zones: FileZones) {
    self.component = component
    self.zones = zones
  }

  func event() throws(ICalendarError) -> Event {
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
    let readAlarms = alarms.prefix(100).compactMap { Alarm($0) }
    let answers =
      alarms.prefix(100).compactMap { $0.first("ACKNOWLEDGED").flatMap(Alarm.instant) }
      + ["X-MOZ-LASTACK"].compactMap { component.first($0).flatMap(Alarm.instant) }
    let status = component.first("STATUS")?.value.uppercased()
    return Event(
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
        component.first($0).flatMap(Alarm.instant)
      }.first,
      isPrivate: ["PRIVATE", "CONFIDENTIAL"].contains(component.first("CLASS")?.value.uppercased()),
      origin: component.first("X-RITUAL-ID")?.value, acknowledged: answers.max())
  }

  private func start(isToDo: Bool) throws(ICalendarError) -> Event.Stamp {
    if let property = component.first("DTSTART") { return try stamp(property) }
    if isToDo, let due = component.first("DUE") { return try stamp(due) }
    throw ICalendarError(
      line: component.line, reason: "nothing says when it starts",
      accepted: isToDo ? "DTSTART or DUE" : "DTSTART:20261127T193000")
  }

  private func length(from start: Event.Stamp) throws(ICalendarError) -> Int64? {
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

  private static func seconds(from start: Event.Stamp, to end: Event.Stamp) -> Int64 {
    instant(start).microseconds(until: instant(end)) / 1_000_000
  }

  /// Where no clock is named, one that changes nothing will do for a difference.
  private static func instant(_ stamp: Event.Stamp) -> Instant {
    switch stamp.value {
    case .date(let date): Zone.utc.instant(for: date.midnight)
    case .local(let time): (stamp.zone ?? .utc).instant(for: time)
    case .instant(let instant): instant
    }
  }

  // MARK: Dates

  private func stamp(_ property: Property) throws(ICalendarError) -> Event.Stamp {
    try stamp(property.value, of: property)
  }

  private func stamp(_ text: String, of property: Property) throws(ICalendarError) -> Event.Stamp {
    let value: DateValue
    do throws(ScheduleError) {
      value = try DateValue(parsing: text)
    } catch {
      throw ICalendarError(
        line: property.line, reason: "\(property.name): \(error.reason)", accepted: error.accepted)
    }
    // A zone beside a whole day, or beside a time in UTC, is a slip that is often seen and says nothing.
    guard case .local = value, let name = property.parameter("TZID") else {
      return Event.Stamp(value: value, zone: nil)
    }
    do throws(FileZones.Unknown) {
      return Event.Stamp(value: value, zone: try zones.zone(named: name))
    } catch {
      throw ICalendarError(
        line: property.line, reason: "\(property.name): there is no time zone \(Self.shown(name))",
        accepted: "a zone of the IANA database, or one that the file says itself")
    }
  }

  private func stamps(_ name: String) throws(ICalendarError) -> [Event.Stamp] {
    var stamps: [Event.Stamp] = []
    for property in component.all(name) {
      try checkReadable(property)
      for item in property.value.split(separator: ",") {
        guard stamps.count < Bounds.dates else {
          throw ICalendarError(line: property.line, reason: "there are more than \(Bounds.dates) dates")
        }
        // Of a period, its beginning counts.
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

  /// A value in a message: short, and without what a terminal would obey.
  static func shown(_ text: String) -> String { Escaped.exact(String(text.unicodeScalars.prefix(60))) }
}
