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
    case .days(.date(let date), let times, _): return try once(date, times)
    case .days(let days, let times, let start):
      let groups = Self.groups(of: times)
      let calendars = start == nil ? groups.compactMap { calendar(days, $0) } : []
      return calendars.count == groups.count
        ? calendars : try rules(days, groups, first(days, times, from: start))
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
    case .monthly(let places, let weekdays, 1):
      let weekday = weekdays.isAll ? "" : CalendarExpression.text(of: weekdays) + " "
      if places == [-1] { return "\(weekday)*-*~1 \(time)" }
      guard places.allSatisfy({ $0 > 0 }) else { return nil }
      return "\(weekday)*-*-\(places.map(Self.twoDigits).joined(separator: ",")) \(time)"
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
    return fields.map(Self.list).joined(separator: ":")
  }

  /// `08,20`; more than three values in steps of one length are a range: `08..20/2`.
  private static func list(_ values: [Int]) -> String {
    guard values.count > 3, Set(zip(values, values.dropFirst()).map { $1 - $0 }).count == 1 else {
      return values.map(twoDigits).joined(separator: ",")
    }
    let step = values[1] - values[0]
    let range = "\(twoDigits(values[0]))..\(twoDigits(values[values.count - 1]))"
    return step == 1 ? range : "\(range)/\(step)"
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
    return civil.date.formatted + " " + ClockTime(civil).text + (isLocal ? "" : " UTC")
  }

  private func once(_ date: CivilDate, _ times: [ClockTime]) throws(ScheduleError) -> [String] {
    for time in times {
      guard let instant = time.instant(on: date, in: zone), instant > now else {
        throw error(
          "\(English.date(date)) \(time.text) is not ahead of now", "a time that is still to come")
      }
    }
    return Self.groups(of: times).compactMap { times in
      Self.text(of: times).map { time in
        date.formatted + " " + (Self.hasSeconds(times) ? time : time + ":00")
      }
    }
  }

  // MARK: Texts and errors

  private static func twoDigits(_ number: Int) -> String { Digits.padded(number, to: 2) }

  var tooFar: ScheduleError {
    error("it is beyond what a schedule reaches", "up to the year 2199")
  }

  func error(_ reason: String, _ accepted: String) -> ScheduleError {
    ScheduleError(range: whole, reason: reason, accepted: accepted)
  }
}
