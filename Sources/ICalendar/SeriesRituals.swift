import CivilTime
import Rituals
import Schedules

extension Series {
  /// The time of day of an event of whole days without an alarm that has one, in seconds.
  static let morning: Int64 = 9 * 3600

  /// The series as rituals: one, and one for each occurrence with a title of its own. None if it is over.
  package func rituals(zones: CalendarZones) throws(ICalendarError) -> [CalendarRitual] {
    guard let event = master else {
      var rituals: [CalendarRitual] = []
      for event in occurrences where event.status == .live { rituals.append(try single(event, zones)) }
      return rituals
    }
    guard event.status == .live else { return [] }
    let title = Self.title(of: event)
    var moved: [ICalendarEvent] = []
    var others: [CalendarRitual] = []
    for occurrence in occurrences where occurrence.status == .live {
      if occurrence.summary == nil || Self.title(of: occurrence) == title {
        moved.append(occurrence)
      } else {
        others.append(try single(occurrence, zones))
      }
    }
    let without = occurrences.compactMap(\.occurrence)
    var schedules = [try Self.schedule(of: event, without: without, zones)]
    if !moved.isEmpty { schedules.append(try Self.schedule(of: moved, zones)) }
    let modified = ([event] + occurrences).compactMap(\.modified).max()
    return [ritual(event, schedule: Schedule(union: schedules), modified: modified)] + others
  }

  /// Warnings about this series.
  package var notes: [ICalendarError] {
    occurrences.filter(\.standsForLater).map {
      ICalendarError(
        line: $0.line, reason: "RANGE=THISANDFUTURE is not understood; it stands for its own occurrence here")
    }
  }

  /// The ritual of an occurrence with words of its own.
  private func single(_ event: ICalendarEvent, _ zones: CalendarZones) throws(ICalendarError)
    -> CalendarRitual
  {
    ritual(
      event, schedule: try Self.schedule(of: [event], zones), modified: event.modified,
      occurrence: event.occurrence?.value.text)
  }

  private func ritual(
    _ event: ICalendarEvent, schedule: Schedule, modified: Instant?, occurrence: String? = nil
  ) -> CalendarRitual {
    let message = event.description.map { EventWords.line($0, upTo: 1000) } ?? ""
    return CalendarRitual(
      key: occurrence.map { "\(uid) \($0)" } ?? uid, uid: uid, created: event.created, modified: modified,
      title: Self.title(of: event), message: message.isEmpty ? nil : message, schedule: schedule,
      categories: event.categories, lead: Self.lead(of: event), nudge: Self.nudge(of: event),
      isPrivate: event.isPrivate, acknowledged: acknowledged)
  }

  private static func title(of event: ICalendarEvent) -> String {
    let title = event.summary.map { EventWords.line($0, upTo: 200) } ?? ""
    return title.isEmpty ? "Event" : title
  }

  // MARK: Alarms

  /// The time from the first alarm to the start; nil if no alarm is before the start.
  private static func lead(of event: ICalendarEvent) -> TimeSpan? {
    var longest: Int64 = 0
    for alarm in event.alarms where alarm.isSeen {
      var before: Int64 = 0
      switch alarm.trigger {
      case .start(let seconds): before = -seconds
      case .end(let seconds): before = event.length.map { -seconds - $0 } ?? 0
      case .at(let instant):
        guard event.rule == nil, let start = instantOfStart(event) else { continue }
        before = instant.microseconds(until: start) / 1_000_000
      }
      if event.start.value.isDate { before += timeOfDay(of: event) }
      longest = max(longest, before)
    }
    return longest > 0 ? TimeSpan(microseconds: longest * 1_000_000) : nil
  }

  private static func instantOfStart(_ event: ICalendarEvent) -> Instant? {
    switch (event.start.value, event.start.zone) {
    case (.instant(let instant), _): instant
    case (.local(let time), let zone?): zone.instant(for: time)
    default: nil
    }
  }

  private static func nudge(of event: ICalendarEvent) -> Nudge {
    let alarm = event.alarms.filter { $0.isSeen && $0.times > 0 }.max { $0.times < $1.times }
    return alarm.map { Nudge(every: $0.every * 1_000_000, times: $0.times) } ?? .none
  }

  /// The time of day of an event of whole days, in seconds: that of its first alarm on the day itself.
  private static func timeOfDay(of event: ICalendarEvent) -> Int64 {
    let alarms = event.alarms.compactMap { alarm -> Int64? in
      guard alarm.isSeen, case .start(let seconds) = alarm.trigger, (0..<86_400).contains(seconds) else {
        return nil
      }
      return seconds
    }
    return alarms.min() ?? morning
  }
}

/// The schedule of a series. Its dates and rules go through the parser of schedules, as the user's own do.
extension Series {
  /// The schedule of single events.
  private static func schedule(of events: [ICalendarEvent], _ zones: CalendarZones) throws(ICalendarError)
    -> Schedule
  {
    let stamps = events.map { timed($0.start, as: timeOfDay(of: $0)) }
    return try parsed(lines("RDATE", stamps), at: events.first?.line ?? 0, zones)
  }

  private static func schedule(
    of event: ICalendarEvent, without: [ICalendarEvent.Stamp], _ zones: CalendarZones
  ) throws(ICalendarError) -> Schedule {
    let start = timed(event.start, as: timeOfDay(of: event))
    var all = lines("DTSTART", [start])
    if let rule = event.rule {
      let parts = try checked(rule, isWholeDay: event.start.value.isDate, at: event.line)
      // The pace is checked before the end of the rule is searched by counting.
      let endless = parts.filter { $0.name != "COUNT" }.map(\.text).joined(separator: ";")
      try checkPace(try parsed(all + ["RRULE:" + endless], at: event.line, zones), rule, event)
      all.append("RRULE:" + parts.map(\.text).joined(separator: ";"))
    }
    all += lines("RDATE", event.included)
    // DTSTART is the first occurrence, even if the rule does not have it (RFC 5545 3.8.5.3).
    if event.rule != nil, !has(start, in: try parsed(all, at: event.line, zones)) {
      all += lines("RDATE", [start])
    }
    all += lines("EXDATE", event.excluded + without)
    return try parsed(all, at: event.line, zones)
  }

  private static func has(_ start: ICalendarEvent.Stamp, in schedule: Schedule) -> Bool {
    let zone = start.zone ?? .utc
    let instant = start.value.instant(in: zone)
    return schedule.next(after: instant.advanced(byMicroseconds: -1), in: zone) == instant
  }

  private static func parsed(
    _ lines: [String], at line: Int, _ zones: CalendarZones
  ) throws(ICalendarError) -> Schedule {
    do throws(ScheduleError) {
      return try Schedule(parsing: lines.joined(separator: "\n"), zones: zones)
    } catch {
      throw ICalendarError(line: line, reason: error.reason, accepted: error.accepted)
    }
  }

  /// A content line for each zone of the dates.
  private static func lines(_ name: String, _ stamps: [ICalendarEvent.Stamp]) -> [String] {
    var order: [String] = []
    var values: [String: [String]] = [:]
    for stamp in stamps {
      let head = name + (stamp.zone.map { ";TZID=\"\($0.name)\"" } ?? "")
      if values[head] == nil { order.append(head) }
      values[head, default: []].append(stamp.value.text)
    }
    return order.map { $0 + ":" + (values[$0] ?? []).joined(separator: ",") }
  }

  private static func timed(_ stamp: ICalendarEvent.Stamp, as seconds: Int64) -> ICalendarEvent.Stamp {
    guard case .date(let date) = stamp.value,
      let time = CivilDateTime(
        date, hour: Int(seconds / 3600), minute: Int(seconds / 60 % 60), second: Int(seconds % 60))
    else { return stamp }
    return ICalendarEvent.Stamp(value: .local(time), zone: nil)
  }

  // MARK: Rules

  /// The parts of a rule in the form that the parser of schedules accepts. Throws for a rule whose
  /// occurrences take too long to find. Other mistakes are left to that parser.
  private static func checked(
    _ rule: String, isWholeDay: Bool, at line: Int
  ) throws(ICalendarError) -> [(name: String, text: String)] {
    var parts: [(name: String, text: String)] = []
    for part in rule.split(separator: ";") {
      let name = String(part.prefix { $0 != "=" }).trimmingBlanks.uppercased()
      let value = String(part.drop { $0 != "=" }.dropFirst()).trimmingBlanks
      if name == "COUNT", Digits.number(value, in: 0...Bounds.count) == nil {
        throw ICalendarError(
          line: line, reason: "RRULE: COUNT=\(EventReader.shown(value)) is out of range",
          accepted: "1 to \(Bounds.count), or UNTIL")
      }
      if name == "FREQ", ["SECONDLY", "MINUTELY"].contains(value.uppercased()) {
        throw ICalendarError(
          line: line, reason: "RRULE: it comes too often for a reminder",
          accepted: "FREQ=HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY")
      }
      // The end of an event of whole days is a day; the file may have a time after it.
      parts.append((name, name == "UNTIL" && isWholeDay ? "UNTIL=" + value.prefix(8) : String(part)))
    }
    return parts
  }

  /// Throws for a rule that occurs, for a day, more often than every 15 minutes on average.
  private static func checkPace(_ schedule: Schedule, _ rule: String, _ event: ICalendarEvent)
    throws(ICalendarError)
  {
    let names = rule.uppercased().split { $0 == ";" || $0 == "=" }
    guard names.contains(where: { ["HOURLY", "BYHOUR", "BYMINUTE", "BYSECOND"].contains($0) }),
      let first = schedule.next(after: Instant(seconds: 0), in: .utc)
    else { return }
    var last = first
    for _ in 0..<96 {
      guard let next = schedule.next(after: last, in: .utc) else { return }
      last = next
    }
    guard first.microseconds(until: last) >= 86_400_000_000 else {
      throw ICalendarError(
        line: event.line, reason: "RRULE: it comes too often for a reminder",
        accepted: "at most one every 15 minutes")
    }
  }
}
