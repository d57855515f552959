import CivilTime

/// Writes what plain words mean in the schedule language: the shortest usual calendar expression, or RFC 5545 content
/// lines where there is none; several of them where times differ in their minutes.
struct PlainWordsTranslation {
  let now: Instant
  let zone: Zone
  /// The whole text, as the place of errors.
  let whole: Range<Int>

  /// One text, or several where no single one has all the times.
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
      // Every day is what no weekday says.
      guard weekdays != CalendarExpression.everyDay else { return calendar(.daily(interval: 1), times) }
      return Self.names(weekdays) + time
    case .monthly([-1], 1): return "*-*~1 " + time
    case .monthly(let places, 1) where places.allSatisfy { $0 > 0 }:
      return "*-*-" + places.map(English.twoDigits).joined(separator: ",") + " " + time
    case .ordinal(let places, let weekday, let month, 1):
      let name = CalendarExpression.weekdayNames[weekday.rawValue - 1]
      let date = month.map { "*-\(English.twoDigits($0))" } ?? "*-*"
      if places == [-1] { return "\(name) \(date)~7/1 \(time)" }
      guard places.allSatisfy({ $0 > 0 }) else { return nil }
      let ranges = places.map { "\($0 * 7 - 6)..\(min($0 * 7, 31))" }.joined(separator: ",")
      return "\(name) \(date)-\(ranges) \(time)"
    case .yearly(let month, let day, 1):
      return "*-\(English.twoDigits(month))-\(English.twoDigits(day)) \(time)"
    default: return nil
    }
  }

  /// With a blank behind them.
  private static func names(_ weekdays: UInt8) -> String {
    var expression = CalendarExpression()
    expression.weekdays = weekdays
    return expression.weekdayText
  }

  private static func hasSeconds(_ times: [ClockTime]) -> Bool { times.contains { $0.second != 0 } }

  /// Times of which one text has all and no others: all of them, or those that the same minutes have.
  private static func groups(of times: [ClockTime]) -> [[ClockTime]] {
    guard text(of: times) == nil else { return [times] }
    return Dictionary(grouping: times) { $0.minute * 60 + $0.second }.values.map { $0.sorted() }
      .sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// `08:05`, or `08,20:00`; nil where one expression cannot say these times and no others.
  private static func text(of times: [ClockTime]) -> String? {
    let hours = Set(times.map(\.hour)).sorted()
    let minutes = Set(times.map(\.minute)).sorted()
    let seconds = Set(times.map(\.second)).sorted()
    guard hours.count * minutes.count * seconds.count == times.count else { return nil }
    let fields = hasSeconds(times) ? [hours, minutes, seconds] : [hours, minutes]
    return fields.map { $0.map(English.twoDigits).joined(separator: ",") }.joined(separator: ":")
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
    let frequency = unit == .second ? "SECONDLY" : unit == .minute ? "MINUTELY" : "HOURLY"
    let seconds: Int64 = unit == .second ? 1 : unit == .minute ? 60 : 3600
    // The first one lies one interval ahead, as with a kitchen timer.
    let first = now.advanced(
      byMicroseconds: seconds * Int64(count) * 1_000_000 - now.microseconds % 1_000_000)
    let local = zone.local(at: first).civil
    let rule = "FREQ=\(frequency);INTERVAL=\(count)"
    // The second time that clocks show it: only UTC can say that.
    guard zone.instant(for: local) == first else {
      return try lines(Zone.utc.local(at: first).civil, rule, "Z")
    }
    return try lines(local, rule)
  }

  // MARK: Once

  /// The instant, or the next whole second, so that it is never early.
  private func once(_ instant: Instant) throws(ScheduleError) -> String {
    let fraction = (instant.microseconds % 1_000_000 + 1_000_000) % 1_000_000
    let instant = instant.advanced(byMicroseconds: fraction == 0 ? 0 : 1_000_000 - fraction)
    let local = zone.local(at: instant).civil
    // The second time that clocks show it: only UTC can say that.
    let isLocal = zone.instant(for: local) == instant
    let civil = isLocal ? local : Zone.utc.local(at: instant).civil
    guard civil.date.year <= 2199 else { throw tooFar }
    let time = ClockTime(hour: civil.hour, minute: civil.minute, second: civil.second)
    return Self.text(of: civil.date) + " " + Self.text(of: time) + (isLocal ? "" : " UTC")
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
        Self.text(of: date) + " " + (Self.hasSeconds(times) ? time : time + ":00")
      }
    }
  }

  /// The next such date of which all times lie ahead.
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

  private static let codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

  /// A rule for each group of times. All of them count from one day: of every other Friday, each would else take its own.
  private func rules(
    _ days: PlainDays, _ groups: [[ClockTime]], _ first: CivilDateTime
  ) throws(ScheduleError) -> [String] {
    var texts: [String] = []
    for times in groups {
      let own = CivilDateTime(
        first.date, hour: times[0].hour, minute: times[0].minute, second: times[0].second)
      texts.append(try rule(days, times, from: groups.count == 1 ? first : own ?? first))
    }
    return texts
  }

  private func rule(
    _ days: PlainDays, _ times: [ClockTime], from start: CivilDateTime
  ) throws(ScheduleError) -> String {
    var rule: String
    switch days {
    case .daily(let interval): rule = Self.frequency("DAILY", interval)
    case .weekly(let weekdays, let interval):
      rule = Self.frequency("WEEKLY", interval) + ";BYDAY=" + Self.codes(weekdays)
    case .monthly(let places, let interval):
      rule = Self.frequency("MONTHLY", interval) + ";BYMONTHDAY=" + Self.list(places)
    case .ordinal(let places, let weekday, let month, let interval):
      rule = Self.frequency(month == nil ? "MONTHLY" : "YEARLY", interval)
      rule += month.map { ";BYMONTH=\($0)" } ?? ""
      rule += ";BYDAY=" + places.map { "\($0)" + Self.codes[weekday.rawValue - 1] }.joined(separator: ",")
    case .yearly(let month, let day, let interval):
      rule = Self.frequency("YEARLY", interval) + ";BYMONTH=\(month);BYMONTHDAY=\(day)"
    case .date, .nextDate: throw error("a date has no rule", PlainWords.accepted)
    }
    return try lines(start, rule + Self.parts(of: times))
  }

  /// One time is DTSTART's; several are hours and minutes.
  private static func parts(of times: [ClockTime]) -> String {
    guard times.count > 1 else { return "" }
    var parts = ";BYHOUR=" + list(Set(times.map(\.hour)).sorted())
    let minutes = Set(times.map(\.minute)).sorted()
    if minutes.count > 1 { parts += ";BYMINUTE=" + list(minutes) }
    let seconds = Set(times.map(\.second)).sorted()
    return seconds.count > 1 ? parts + ";BYSECOND=" + list(seconds) : parts
  }

  private static func frequency(_ name: String, _ interval: Int) -> String {
    "FREQ=\(name)" + (interval == 1 ? "" : ";INTERVAL=\(interval)")
  }

  private static func codes(_ weekdays: UInt8) -> String {
    codes.indices.filter { weekdays & 1 << UInt8($0) != 0 }.map { codes[$0] }.joined(separator: ",")
  }

  private static func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: ",") }

  /// The first matching date and time strictly after now: RFC 5545 3.8.2.4 has DTSTART be an occurrence.
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
    case .weekly(let weekdays, _): return weekdays & 1 << UInt8(date.weekday.rawValue - 1) != 0
    case .monthly(let places, _): return places.contains { $0 < 0 ? date.day == length : date.day == $0 }
    case .ordinal(let places, let weekday, let month, _):
      guard date.weekday == weekday, month == nil || month == date.month else { return false }
      return places.contains { $0 < 0 ? date.day > length - 7 : (date.day + 6) / 7 == $0 }
    case .yearly(let month, let day, _): return date.month == month && date.day == day
    case .date, .nextDate: return false
    }
  }

  /// DTSTART in local time without a zone, so that it is that of whoever asks.
  private func lines(_ start: CivilDateTime, _ rule: String, _ mark: String = "") throws(ScheduleError)
    -> String
  {
    guard start.date.year <= 2199 else { throw tooFar }
    let stamp =
      (Self.text(of: start.date) + "T" + English.twoDigits(start.hour)
      + English.twoDigits(start.minute) + English.twoDigits(start.second)).filter { $0 != "-" }
    return "DTSTART:\(stamp)\(mark)\nRRULE:\(rule)"
  }

  // MARK: Texts and errors

  private static func text(of date: CivilDate) -> String {
    "\(date.year)-\(English.twoDigits(date.month))-\(English.twoDigits(date.day))"
  }

  private static func text(of time: ClockTime) -> String {
    [time.hour, time.minute, time.second].map(English.twoDigits).joined(separator: ":")
  }

  private var tooFar: ScheduleError {
    error("it is beyond what a schedule reaches", "up to the year 2199")
  }

  private func error(_ reason: String, _ accepted: String) -> ScheduleError {
    ScheduleError(range: whole, reason: reason, accepted: accepted)
  }
}
