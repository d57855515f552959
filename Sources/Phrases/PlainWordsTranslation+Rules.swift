import CivilTime
import Schedules

/// Content lines of RFC 5545 for what no calendar expression can say.
extension PlainWordsTranslation {
  /// A rule for each group of times. All of them count from one day: otherwise each could have every other
  /// Friday of its own.
  func rules(
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
    case .weekParity(let weekdays, let parity):
      var rule = RecurrenceRule(frequency: .yearly)
      rule.weekNumbers = Array(stride(from: parity == 0 ? 2 : 1, through: 53, by: 2))
      rule.weekdays = weekdays.members.map { .init(weekday: $0) }
      return rule
    case .monthly(let places, let weekdays, let interval):
      var rule = RecurrenceRule(frequency: .monthly, interval: interval)
      rule.monthDays = places
      rule.weekdays = weekdays.isAll ? [] : weekdays.members.map { .init(weekday: $0) }
      return rule
    case .workday(let places, let month, let interval):
      var rule = RecurrenceRule(frequency: month == nil ? .monthly : .yearly, interval: interval)
      rule.months = month.map { [$0] } ?? []
      rule.weekdays = WeekdaySet.weekdays.members.map { .init(weekday: $0) }
      rule.positions = places
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
    case .date: return nil
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

  /// The first matching date and time, since DTSTART is an occurrence (RFC 5545 3.8.2.4): strictly after now,
  /// or, where the words say the first day, on that day or after it.
  func first(
    _ days: PlainDays, _ times: [ClockTime], from start: CivilDate?
  ) throws(ScheduleError) -> CivilDateTime {
    let from = start ?? zone.local(at: now).civil.date
    let first = from.daysSinceEpoch
    // 29 February may be eight years away.
    for day in first...(first + 8 * 366) where matches(days, CivilDate(daysSinceEpoch: day)) {
      let date = CivilDate(daysSinceEpoch: day)
      for time in times {
        if let instant = time.instant(on: date, in: zone), instant > now || start != nil,
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
    case .weekParity(let weekdays, let parity):
      return weekdays.contains(date.weekday) && Self.isoWeek(of: date) % 2 == parity
    case .monthly(let places, let weekdays, _):
      return weekdays.contains(date.weekday)
        && places.contains { $0 < 0 ? date.day == length : date.day == $0 }
    case .workday(let places, let month, _):
      guard WeekdaySet.weekdays.contains(date.weekday), month == nil || month == date.month else {
        return false
      }
      let first = date.daysSinceEpoch - date.day
      let isWorkday = { WeekdaySet.weekdays.contains(CivilDate.weekday(daysSinceEpoch: first + $0)) }
      return places.contains { place in
        place < 0
          ? !(date.day..<length).contains { isWorkday($0 + 1) }
          : (1...date.day).count(where: isWorkday) == place
      }
    case .ordinal(let places, let weekday, let month, _):
      guard date.weekday == weekday, month == nil || month == date.month else { return false }
      return places.contains { $0 < 0 ? date.day > length - 7 : (date.day + 6) / 7 == $0 }
    case .yearly(let month, let day, _): return date.month == month && date.day == day
    case .date: return false
    }
  }

  /// A local start has no zone, and so follows that of the ritual.
  func lines(_ start: DateValue, _ rule: RecurrenceRule) throws(ScheduleError) -> String {
    guard Zone.utc.local(at: start.instant(in: .utc)).civil.date.year <= 2199 else { throw tooFar }
    return "DTSTART:\(start.text)\nRRULE:\(rule.text)"
  }

  /// The week of ISO 8601: that of the Thursday in it.
  private static func isoWeek(of date: CivilDate) -> Int {
    let thursday = CivilDate(daysSinceEpoch: date.daysSinceEpoch + 4 - date.weekday.rawValue)
    return (thursday.daysSinceEpoch - CivilDate.firstDay(ofYear: thursday.year)) / 7 + 1
  }
}
