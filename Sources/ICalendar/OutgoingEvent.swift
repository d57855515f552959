package import CivilTime
import Escaping
package import Rituals
package import Schedules

/// An event to be published: a ritual, or one of several schedules of it.
package struct OutgoingEvent: Sendable {
  /// The same for the same ritual and owner.
  package let uid: String
  package let ritual: RitualID
  package let title: String
  /// The message that others may read.
  package let message: String?
  /// A message that a former version of the file may have, and that others must no longer read.
  private let hiddenMessage: String?
  package let dates: EventDates
  private let lead: TimeSpan?
  private let isPrivate: Bool

  /// The events of a ritual; none if it has no further occurrence.
  /// - Parameters:
  ///     - owner: an identifier of this user on this machine. The result does not reveal it.
  ///     - now: an event without a start of its own begins with its first occurrence from here on.
  ///     - local: the zone of the machine.
  package static func events(
    of ritual: Ritual, owner: String, words: PublishedWords, now: Instant, local: Zone
  ) -> [OutgoingEvent] {
    // The dates of a pattern without a rule are those of a year from the beginning of the month, so that they
    // change once a month.
    let date = local.local(at: now).civil.date
    let month =
      CivilDate(year: date.year, month: date.month, day: 1).map { local.instant(for: $0.midnight) } ?? now
    let dates = ritual.schedule.eventDates(from: now, zone: ritual.zone, local: local)
    let steady = ritual.schedule.eventDates(from: month, zone: ritual.zone, local: local)
    return dates.enumerated().map { place, dates in
      let dates = dates.isOnlyAYear && steady.count > place ? steady[place] : dates
      return OutgoingEvent(
        uid: uid(ritual.id, place, owner: owner), ritual: ritual.id,
        title: ritual.title,
        message: words == .full ? ritual.message : nil, hiddenMessage: words == .full ? nil : ritual.message,
        dates: dates, lead: ritual.lead, isPrivate: ritual.isPrivate)
    }
  }

  private static func uid(_ ritual: RitualID, _ place: Int, owner: String) -> String {
    Digest.identifier("ritual\n\(owner)\n\(ritual)") + (place == 0 ? "" : "-\(place + 1)")
  }

  /// True if a UID is that of a ritual's event of an owner.
  package static func isUID(_ uid: String, of ritual: RitualID, owner: String) -> Bool {
    let first = self.uid(ritual, 0, owner: owner)
    let rest = uid.dropFirst(first.count)
    return uid.hasPrefix(first) && (rest.isEmpty || rest.first == "-" && Int(rest.dropFirst()) != nil)
  }

  /// A fingerprint of the published content. A file with the same fingerprint is left alone, whatever others
  /// changed in it. The first date of a rule without a start of its own is not part of it, since it changes
  /// every day.
  var fingerprint: String {
    let start = dates.start.text
    let parts = [
      title, message ?? "", dates.hasOwnStart || dates.rule == nil ? start : String(start.dropFirst(8)),
      dates.zone?.name ?? "", dates.rule ?? "", lead.map(\.description) ?? "", isPrivate ? "private" : "",
    ]
    let beside = (dates.included + [.instant(Instant(seconds: 0))] + dates.excluded).map(\.text)
    return String(Digest.identifier((parts + beside).joined(separator: "\n")).prefix(23))
  }

  /// True if the dates are those of one year, of a schedule that no rule can express.
  package var isOnlyAYear: Bool { dates.isOnlyAYear }
}

// MARK: Into a file

extension OutgoingEvent {
  /// A calendar of events, with definitions of their zones.
  package static func calendar(
    _ events: [Component], zones: [Zone], year: Int, version: String, newline: [UInt8] = [13, 10]
  ) -> CalendarText {
    var items: [Component.Item] = [
      .property(Property("VERSION", value: "2.0", newline: newline)),
      .property(Property("PRODID", value: "-//Ritual//rituald \(version)//EN", newline: newline)),
    ]
    var named: Set<String> = ["UTC"]
    for zone in zones where named.insert(zone.name).inserted {
      items.append(.component(ZoneWriter(zone: zone, newline: newline).component(from: year)))
    }
    items += events.map { .component($0) }
    return CalendarText([.component(Component("VCALENDAR", items, newline: newline))], newline: newline)
  }

  /// The event as a new component.
  package func component(now: Instant, newline: [UInt8] = [13, 10]) -> Component {
    let stamp = DateValue.instant(now.wholeSecond).text
    let lines = [
      ("UID", uid), ("DTSTAMP", stamp), ("CREATED", stamp), ("LAST-MODIFIED", stamp), ("SEQUENCE", "0"),
      ("TRANSP", "TRANSPARENT"),
    ]
    var component = Component(
      "VEVENT", lines.map { .property(Property($0.0, value: $0.1, newline: newline)) }, newline: newline)
    write(to: &component, newline)
    return component
  }

  /// Updates an event in a file. Properties of others stay, unless the ritual has them itself. Returns
  /// whether the event has changed.
  package func update(_ component: inout Component, now: Instant, newline: [UInt8]) -> Bool {
    guard component.first("X-RITUAL-PRINT")?.value != fingerprint else { return false }
    let stamp = DateValue.instant(now.wholeSecond).text
    let sequence =
      component.first("SEQUENCE").flatMap { Digits.number($0.value, from: 0, upTo: 999_999_998) } ?? 0
    component.set(Property("SEQUENCE", value: "\(sequence + 1)", newline: newline))
    component.set(Property("LAST-MODIFIED", value: stamp, newline: newline))
    component.set(Property("DTSTAMP", value: stamp, newline: newline))
    write(to: &component, newline)
    return true
  }

  /// Updates the event in a file, or adds it. Returns whether the file has changed.
  package func update(_ text: inout CalendarText, now: Instant) -> Bool {
    let newline = text.newline
    var isThere = false
    var isChanged = false
    text.update { component, _ in
      guard component.text("UID") == uid, component.first("RECURRENCE-ID") == nil else { return }
      isThere = true
      isChanged = update(&component, now: now, newline: newline)
    }
    guard !isThere else { return isChanged }
    text.append(component(now: now, newline: newline))
    return true
  }

  private func write(to component: inout Component, _ newline: [UInt8]) {
    func set(_ name: String, _ value: String?, _ parameters: [(name: String, value: String)] = []) {
      guard let value else { return component.remove(name) }
      component.set(Property(name, parameters, value: value, newline: newline))
    }
    set("SUMMARY", Escaped.calendarText(title))
    if let message {
      set("DESCRIPTION", Escaped.calendarText(message))
    } else if let hiddenMessage, let value = component.first("DESCRIPTION")?.value,
      // The description as it is written now, or as former versions wrote it, with dangerous scalars.
      value == Escaped.calendarText(hiddenMessage) || ContentText.unescaped(value) == hiddenMessage
    {
      component.remove("DESCRIPTION")
    }
    if isPrivate { set("CLASS", "PRIVATE") }
    let zone = dates.zone.map { $0 == .utc ? [] : [(name: "TZID", value: $0.name)] } ?? []
    let keeps = keepsStart(of: component)
    if !keeps { set("DTSTART", dates.start.text, zone) }
    // An end in the file belonged to the old start.
    if !keeps, component.first("DTEND") != nil { component.remove("DTEND") }
    set("RRULE", dates.rule)
    set("RDATE", list(dates.included), zone)
    // Occurrences that a user deleted stay deleted, as long as the occurrences are the same.
    if !keeps || !dates.excluded.isEmpty { set("EXDATE", list(dates.excluded), zone) }
    set("X-RITUAL-ID", ritual.text)
    set("X-RITUAL-PRINT", fingerprint)
    setAlarm("\(uid)-alarm", seconds: 0, in: &component, newline)
    let before = lead.map { -$0.microseconds / 1_000_000 }
    setAlarm("\(uid)-lead", seconds: before, in: &component, newline)
  }

  /// True if the start in the file is as good as the new one: an occurrence of the same rule at the same time
  /// of day.
  private func keepsStart(of component: Component) -> Bool {
    guard !dates.hasOwnStart, let rule = dates.rule, component.first("RRULE")?.value == rule,
      let old = component.first("DTSTART"),
      old.parameter("TZID") == dates.zone.flatMap({ $0 == .utc ? nil : $0.name })
    else { return false }
    let new = dates.start.text
    return old.value.dropFirst(8) == new.dropFirst(8) && old.value <= new
  }

  private func list(_ values: [DateValue]) -> String? {
    values.isEmpty ? nil : values.map(\.text).joined(separator: ",")
  }

  /// Sets the alarm of this UID, or removes it for nil. Other alarms stay.
  private func setAlarm(_ alarm: String, seconds: Int64?, in component: inout Component, _ newline: [UInt8]) {
    let place = component.items.firstIndex {
      if case .component(let inner) = $0 {
        inner.name == "VALARM" && inner.first("UID")?.value == alarm
      } else {
        false
      }
    }
    guard let seconds else {
      if let place { component.items.remove(at: place) }
      return
    }
    let lines = [
      ("ACTION", "DISPLAY"), ("TRIGGER", DurationText.text(seconds)),
      ("DESCRIPTION", Escaped.calendarText(title)),
    ]
    guard let place, case .component(var inner) = component.items[place] else {
      let all = [("UID", alarm)] + lines
      let items = all.map { Component.Item.property(Property($0.0, value: $0.1, newline: newline)) }
      return component.add(.component(Component("VALARM", items, newline: newline)))
    }
    for (name, value) in lines { inner.set(Property(name, value: value, newline: newline)) }
    component.items[place] = .component(inner)
  }
}

extension Instant {
  /// The instant without its fraction of a second.
  package var wholeSecond: Instant {
    let rest = microseconds % 1_000_000
    return advanced(byMicroseconds: rest < 0 ? -rest - 1_000_000 : -rest)
  }
}
