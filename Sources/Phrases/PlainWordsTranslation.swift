import CivilTime
import Schedules

/// The translation of the meaning of plain words into the schedule language: the shortest usual calendar
/// expression, or content lines of RFC 5545 if there is none; several of them for times that differ in their
/// minutes.
struct PlainWordsTranslation {
  let now: Instant
  let zone: Zone
  /// The range of the whole text, the place of errors.
  let whole: Range<Int>

  /// One text, or several if no single one has all the times.
  func texts(of meaning: PlainMeaning) throws(ScheduleError) -> [String] {
    switch meaning {
    case .clock(let unit, let count): return [try aroundTheClock(unit, count)]
    case .once(let instant): return [try once(instant)]
    case .days(.date(let date), let times): return try once(date, times)
    case .days(.nextDate(let month, let day), let times): return try once(next(month, day, times), times)
    case .days(let days, let times):
      let groups = Self.groups(of: times)
      let calendars = groups.compactMap { calendar(days, $0) }
      return calendars.count == groups.count ? calendars : try rules(days, groups, first(days, times))
    }
  }

  // MARK: Calendar expressions

  private func calendar(_ days: PlainDays, _ times: [ClockTime]) -> String? {
    guard let time = Self.text(of: times) else { return nil }
    switch days {
    case .daily(1): return "*-*-* " + (Self.hasSeconds(times) ? time : time + ":00")
    case .weekly(let weekdays, 1):
      // An expression for every day names no weekday.
      guard weekdays != .all else { return calendar(.daily(interval: 1), times) }
      return CalendarExpression.text(of: weekdays) + " " + time
    case .monthly([-1], 1): return "*-*~1 " + time
    case .monthly(let places, 1) where places.allSatisfy { $0 > 0 }:
      return "*-*-" + places.map(Self.twoDigits).joined(separator: ",") + " " + time
    case .ordinal(let places, let weekday, let month, 1):
      let name = weekday.abbreviation
      let date = month.map { "*-\(Self.twoDigits($0))" } ?? "*-*"
      if places == [-1] { return "\(name) \(date)~7/1 \(time)" }
      guard places.allSatisfy({ $0 > 0 }) else { return nil }
      let ranges = places.map { "\($0 * 7 - 6)..\(min($0 * 7, 31))" }.joined(separator: ",")
      return "\(name) \(date)-\(ranges) \(time)"
    case .yearly(let month, let day, 1):
      return "*-\(Self.twoDigits(month))-\(Self.twoDigits(day)) \(time)"
    default: return nil
    }
  }

  private static func hasSeconds(_ times: [ClockTime]) -> Bool { times.contains { $0.second != 0 } }

  /// Groups of times that one expression each can express: all of them, or those of the same minute.
  private static func groups(of times: [ClockTime]) -> [[ClockTime]] {
    guard text(of: times) == nil else { return [times] }
    return Dictionary(grouping: times) { $0.minute * 60 + $0.second }.values.map { $0.sorted() }
      .sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// `08:05`, or `08,20:00`; nil if no expression has exactly these times.
  private static func text(of times: [ClockTime]) -> String? {
    let hours = Set(times.map(\.hour)).sorted()
    let minutes = Set(times.map(\.minute)).sorted()
    let seconds = Set(times.map(\.second)).sorted()
    guard hours.count * minutes.count * seconds.count == times.count else { return nil }
    let fields = hasSeconds(times) ? [hours, minutes, seconds] : [hours, minutes]
    return fields.map { $0.map(Self.twoDigits).joined(separator: ",") }.joined(separator: ":")
  }

  private func aroundTheClock(_ unit: PlainToken.Unit, _ count: Int) throws(ScheduleError) -> String {
    switch unit {
    case .second where 60.isMultiple(of: count) && count > 1 && count < 60: return "*:*:0/\(count)"
    case .minute where count == 1: return "minutely"
    case .minute where 60.isMultiple(of: count) && count < 60: return "*:0/\(count)"
    case .second where count.isMultiple(of: 60): return try aroundTheClock(.minute, count / 60)
    case .minute where count.isMultiple(of: 60): return try aroundTheClock(.hour, count / 60)
    case .hour where count == 1: return "hourly"
    case .hour where 24.isMultiple(of: count) && count < 24: return "0/\(count):00"
    default: break
    }
    let frequency: RecurrenceRule.Frequency =
      unit == .second ? .secondly : unit == .minute ? .minutely : .hourly
    let seconds: Int64 = unit == .second ? 1 : unit == .minute ? 60 : 3600
    // The first occurrence is one interval ahead, as with a kitchen timer.
    let first = now.advanced(
      byMicroseconds: seconds * Int64(count) * 1_000_000 - now.microseconds % 1_000_000)
    let local = zone.local(at: first).civil
    let rule = RecurrenceRule(frequency: frequency, interval: count)
    // Only UTC can express the second time that clocks show a local time.
    return try lines(zone.instant(for: local) == first ? .local(local) : .instant(first), rule)
  }

  // MARK: Once

  /// The instant, or the next whole second, so that it is never early.
  private func once(_ instant: Instant) throws(ScheduleError) -> String {
    let fraction = (instant.microseconds % 1_000_000 + 1_000_000) % 1_000_000
    let instant = instant.advanced(byMicroseconds: fraction == 0 ? 0 : 1_000_000 - fraction)
    let local = zone.local(at: instant).civil
    // Only UTC can express the second time that clocks show a local time.
    let isLocal = zone.instant(for: local) == instant
    let civil = isLocal ? local : Zone.utc.local(at: instant).civil
    guard civil.date.year <= 2199 else { throw tooFar }
    let time = ClockTime(hour: civil.hour, minute: civil.minute, second: civil.second)
    return civil.date.formatted + " " + Self.text(of: time) + (isLocal ? "" : " UTC")
  }

  private func once(_ date: CivilDate, _ times: [ClockTime]) throws(ScheduleError) -> [String] {
    for time in times {
      guard let instant = instant(date, time), instant > now else {
        throw error(
          "\(English.date(date)) \(Self.text(of: time)) is not ahead of now", "a time that is still to come")
      }
    }
    return Self.groups(of: times).compactMap { times in
      Self.text(of: times).map { time in
        date.formatted + " " + (Self.hasSeconds(times) ? time : time + ":00")
      }
    }
  }

  /// The next date of a month and day with all times ahead.
  private func next(_ month: Int, _ day: Int, _ times: [ClockTime]) throws(ScheduleError) -> CivilDate {
    let year = zone.local(at: now).civil.date.year
    for year in year...(year + 8) {
      guard let date = CivilDate(year: year, month: month, day: day) else { continue }
      if times.allSatisfy({ instant(date, $0).map { $0 > now } == true }) { return date }
    }
    throw tooFar
  }

  private func instant(_ date: CivilDate, _ time: ClockTime) -> Instant? {
    CivilDateTime(date, hour: time.hour, minute: time.minute, second: time.second).map(zone.instant(for:))
  }

  // MARK: Recurrence rules

  /// A rule for each group of times. All of them count from one day: otherwise each could have every other
  /// Friday of its own.
  private func rules(
    _ days: PlainDays, _ groups: [[ClockTime]], _ first: CivilDateTime
  ) throws(ScheduleError) -> [String] {
    guard var rule = Self.rule(of: days) else { throw error("a date has no rule", PlainWords.accepted) }
    var texts: [String] = []
    for times in groups {
      let own = CivilDateTime(
        first.date, hour: times[0].hour, minute: times[0].minute, second: times[0].second)
      // A single time is that of DTSTART.
      (rule.hours, rule.minutes, rule.seconds) = times.count > 1 ? Self.lists(of: times) : ([], [], [])
      texts.append(try lines(.local(groups.count == 1 ? first : own ?? first), rule))
    }
    return texts
  }

  /// Nil for single dates.
  private static func rule(of days: PlainDays) -> RecurrenceRule? {
    switch days {
    case .daily(let interval): return RecurrenceRule(frequency: .daily, interval: interval)
    case .weekly(let weekdays, let interval):
      var rule = RecurrenceRule(frequency: .weekly, interval: interval)
      rule.weekdays = weekdays.members.map { .init(weekday: $0) }
      return rule
    case .monthly(let places, let interval):
      var rule = RecurrenceRule(frequency: .monthly, interval: interval)
      rule.monthDays = places
      return rule
    case .ordinal(let places, let weekday, let month, let interval):
      var rule = RecurrenceRule(frequency: month == nil ? .monthly : .yearly, interval: interval)
      rule.months = month.map { [$0] } ?? []
      rule.weekdays = places.map { .init(ordinal: $0, weekday: weekday) }
      return rule
    case .yearly(let month, let day, let interval):
      var rule = RecurrenceRule(frequency: .yearly, interval: interval)
      rule.months = [month]
      rule.monthDays = [day]
      return rule
    case .date, .nextDate: return nil
    }
  }

  /// The hours of some times, and their minutes and seconds, unless these are the same in all.
  private static func lists(of times: [ClockTime]) -> ([Int], [Int], [Int]) {
    let minutes = Set(times.map(\.minute)).sorted()
    let seconds = Set(times.map(\.second)).sorted()
    return (
      Set(times.map(\.hour)).sorted(), minutes.count > 1 ? minutes : [], seconds.count > 1 ? seconds : []
    )
  }

  /// The first matching date and time strictly after now, since DTSTART is an occurrence (RFC 5545 3.8.2.4).
  private func first(_ days: PlainDays, _ times: [ClockTime]) throws(ScheduleError) -> CivilDateTime {
    let today = zone.local(at: now).civil.date.daysSinceEpoch
    // 29 February may be eight years away.
    for day in today...(today + 8 * 366) where matches(days, CivilDate(daysSinceEpoch: day)) {
      let date = CivilDate(daysSinceEpoch: day)
      for time in times {
        if let instant = instant(date, time), instant > now,
          let civil = CivilDateTime(date, hour: time.hour, minute: time.minute, second: time.second)
        {
          return civil
        }
      }
    }
    throw tooFar
  }

  private func matches(_ days: PlainDays, _ date: CivilDate) -> Bool {
    let length = CivilDate.days(inMonth: date.month, ofYear: date.year)
    switch days {
    case .daily: return true
    case .weekly(let weekdays, _): return weekdays.contains(date.weekday)
    case .monthly(let places, _): return places.contains { $0 < 0 ? date.day == length : date.day == $0 }
    case .ordinal(let places, let weekday, let month, _):
      guard date.weekday == weekday, month == nil || month == date.month else { return false }
      return places.contains { $0 < 0 ? date.day > length - 7 : (date.day + 6) / 7 == $0 }
    case .yearly(let month, let day, _): return date.month == month && date.day == day
    case .date, .nextDate: return false
    }
  }

  /// A local start has no zone, and so follows that of the ritual.
  private func lines(_ start: DateValue, _ rule: RecurrenceRule) throws(ScheduleError) -> String {
    guard Zone.utc.local(at: start.instant(in: .utc)).civil.date.year <= 2199 else { throw tooFar }
    return "DTSTART:\(start.text)\nRRULE:\(rule.text)"
  }

  // MARK: Texts and errors

  private static func twoDigits(_ number: Int) -> String { Digits.padded(number, to: 2) }

  private static func text(of time: ClockTime) -> String {
    [time.hour, time.minute, time.second].map(Self.twoDigits).joined(separator: ":")
  }

  private var tooFar: ScheduleError {
    error("it is beyond what a schedule reaches", "up to the year 2199")
  }

  private func error(_ reason: String, _ accepted: String) -> ScheduleError {
    ScheduleError(range: whole, reason: reason, accepted: accepted)
  }
}
