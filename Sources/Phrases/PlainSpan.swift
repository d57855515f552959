import CivilTime

/// A length of time in words. Days and longer move the date and keep the time of day.
struct PlainSpan {
  var months = 0
  var days = 0
  /// Hours and less, and fractions of days.
  var microseconds: Int64 = 0

  var isWholeDays: Bool { microseconds == 0 }
  var isEmpty: Bool { months == 0 && days == 0 && microseconds == 0 }

  /// The date this far after another, or before it. If the month has no such day, its last one counts. Nil
  /// outside of the years of a schedule.
  func date(from date: CivilDate, isAgo: Bool = false) -> CivilDate? {
    let sign = isAgo ? -1 : 1
    let months = date.year * 12 + date.month - 1 + sign * self.months
    let (year, month) = (months / 12, months % 12 + 1)
    guard (1970...2199).contains(year) else { return nil }
    let day = min(date.day, CivilDate.days(inMonth: month, ofYear: year))
    guard let moved = CivilDate(year: year, month: month, day: day) else { return nil }
    let result = CivilDate(daysSinceEpoch: moved.daysSinceEpoch + sign * days)
    return (1970...2199).contains(result.year) ? result : nil
  }

  /// The instant this far after another, or before it, on the clock of a zone.
  func instant(from now: Instant, in zone: Zone, isAgo: Bool = false) -> Instant? {
    let local = zone.local(at: now).civil
    guard let date = date(from: local.date, isAgo: isAgo) else { return nil }
    let moved = months == 0 && days == 0 ? now : zone.instant(for: local.moved(to: date))
    return moved.advanced(byMicroseconds: isAgo ? -microseconds : microseconds)
  }
}
