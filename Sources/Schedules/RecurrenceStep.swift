import CivilTime

/// The interval of a rule, as far as it bears on days: every second week, every third month.
struct RecurrenceStep: Hashable, Sendable {
  private enum Unit: Hashable {
    case year
    /// Years of whole weeks: ISO 8601 with the rule's own first day of the week.
    case weekYear
    case month
    case week
    case day
  }

  private let interval: Int
  /// Nil if the rule's step is shorter than a day.
  private let unit: Unit?
  /// The unit of the start: its year, its month since the year 0, or, for weeks and days, a day since
  /// 1970-01-01.
  private let origin: Int
  private let weekStart: Weekday

  init(_ rule: RecurrenceRule, start: CivilDate) {
    interval = rule.interval
    weekStart = rule.weekStart
    let day = start.daysSinceEpoch
    (unit, origin) =
      switch rule.frequency {
      case .yearly where !rule.weekNumbers.isEmpty: (.weekYear, Week(of: day, from: rule.weekStart).year)
      case .yearly: (.year, start.year)
      case .monthly: (.month, start.year * 12 + start.month)
      case .weekly: (.week, Week.first(of: day, from: rule.weekStart))
      case .daily: (.day, day)
      case .secondly, .minutely, .hourly: (nil, 0)
      }
  }

  /// True if every day belongs to a step.
  var takesAll: Bool { interval == 1 || unit == nil }

  /// The days of a month that belong to a step, as bits; bit 1 is the first day, and bits behind the last may
  /// be set.
  func bits(in month: YearMonth) -> UInt64 {
    switch unit {
    case nil: ~0
    case .year: (month.year - origin).isMultiple(of: interval) ? ~0 : 0
    case .month: (month.year * 12 + month.month - origin).isMultiple(of: interval) ? ~0 : 0
    case .day: dayBits(month)
    case .week: weekBits(month)
    case .weekYear: weekYearBits(month)
    }
  }

  private func dayBits(_ month: YearMonth) -> UInt64 {
    var bits: UInt64 = 0
    var day = (origin - month.first).flooredDivision(by: interval).remainder + 1
    while day <= month.length {
      bits |= 1 << UInt64(day)
      day += interval
    }
    return bits
  }

  private func weekBits(_ month: YearMonth) -> UInt64 {
    let first = Week.first(of: month.first, from: weekStart)
    var day = first + (origin - first).flooredDivision(by: interval * 7).remainder - month.first + 1
    var bits: UInt64 = 0
    while day <= month.length {
      bits |= Week.bits(from: day)
      day += interval * 7
    }
    return bits
  }

  private func weekYearBits(_ month: YearMonth) -> UInt64 {
    var bits: UInt64 = 0
    var day = month.first
    while day < month.first + month.length {
      let week = Week(of: day, from: weekStart)
      if (week.year - origin).isMultiple(of: interval) {
        bits |= Week.bits(from: week.first - month.first + 1)
      }
      day = week.first + 7
    }
    return bits
  }
}
