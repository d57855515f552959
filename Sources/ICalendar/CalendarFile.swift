package import CivilTime

/// The events of a file of one calendar program or several.
package struct CalendarFile: Sendable {
  /// In the order of the file, each with all events of its UID.
  package let series: [Series]
  /// Events that were left out, and doubtful parts of others, in the order of the file.
  package let notes: [ICalendarError]

  /// Throws for bytes that are no iCalendar. A faulty event is left out, with a note.
  package init(parsing bytes: [UInt8], zones: CalendarZones) throws(ICalendarError) {
    let text = try CalendarText(parsing: bytes)
    let calendars = text.calendars
    let zones = FileZones(calendars, shared: zones)
    var notes: [ICalendarError] = []
    var places: [String: Int] = [:]
    var series: [Series] = []
    var count = 0
    for calendar in calendars {
      for case .component(let component) in calendar.items
      where component.name == "VEVENT" || component.name == "VTODO" {
        count += 1
        guard count <= Bounds.events else {
          throw ICalendarError(
            line: component.line, reason: "there are more than \(Bounds.events) events in the file")
        }
        do throws(ICalendarError) {
          let event = try EventReader(component, zones: zones).event()
          let place = places[event.uid] ?? series.count
          if place == series.count {
            series.append(Series(uid: event.uid))
            places[event.uid] = place
          }
          try series[place].add(event)
        } catch {
          notes.append(error)
        }
      }
    }
    self.series = series
    self.notes = (notes + zones.notes).sorted { $0.line < $1.line }
  }
}

/// The events of one UID: a recurring event, and changes of single occurrences.
package struct Series: Sendable {
  package let uid: String
  /// The event itself; nil if the file has single occurrences alone, as of an invitation to one of them.
  package private(set) var master: ICalendarEvent?
  package private(set) var occurrences: [ICalendarEvent] = []

  init(uid: String) { self.uid = uid }

  mutating func add(_ event: ICalendarEvent) throws(ICalendarError) {
    guard event.occurrence == nil else { return occurrences.append(event) }
    if let master {
      throw ICalendarError(
        line: event.line, reason: "the event in line \(master.line) has the same UID",
        accepted: "a UID of its own")
    }
    master = event
  }

  /// The ritual that the event was published from.
  package var origin: String? { master?.origin }

  /// The last answer to an alarm of the series.
  package var acknowledged: Instant? {
    ((master.map { [$0] } ?? []) + occurrences).compactMap(\.acknowledged).max()
  }
}
