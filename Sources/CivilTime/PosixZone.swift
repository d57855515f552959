/// The rule of a `TZ` string (POSIX.1-2017, 8.3 "Other Environment Variables"; RFC 8536 3.3 for its extensions): what
/// holds each year from now on.
struct PosixZone: Hashable, Sendable {
  let standard: ZoneRules.Offset
  let daylight: Daylight?

  struct Daylight: Hashable, Sendable {
    let offset: ZoneRules.Offset
    let start: Change
    let end: Change
  }

  /// When a change happens each year.
  struct Change: Hashable, Sendable {
    let day: Day
    /// Seconds of wall-clock time from the day's midnight; -167 to 167 hours.
    let time: Int64
  }

  enum Day: Hashable, Sendable {
    /// `Jn`: 1 to 365, 29 February is never counted.
    case julian(Int)
    /// `n`: 0 to 365, 29 February is counted.
    case ordinal(Int)
    /// `Mm.w.d`: a weekday (0 is Sunday) of a week of a month; week 5 is the last.
    case weekday(month: Int, week: Int, day: Int)
  }

  func offset(at second: Int64) -> ZoneRules.Offset {
    guard let daylight else { return standard }
    let year = Self.year(of: second + standard.seconds)
    let start = self.start(daylight, in: year)
    let end = self.end(daylight, in: year)
    let isDaylight = start < end ? start <= second && second < end : !(end <= second && second < start)
    return isDaylight ? daylight.offset : standard
  }

  func transition(after second: Int64) -> Int64? {
    guard let daylight else { return nil }
    let year = Self.year(of: second + standard.seconds)
    return (year - 1...year + 1).flatMap { [start(daylight, in: $0), end(daylight, in: $0)] }
      .filter { $0 > second }.min()
  }

  func transition(through second: Int64) -> Int64? {
    guard let daylight else { return nil }
    let year = Self.year(of: second + standard.seconds)
    return (year - 1...year + 1).flatMap { [start(daylight, in: $0), end(daylight, in: $0)] }
      .filter { $0 <= second }.max()
  }

  private func start(_ daylight: Daylight, in year: Int) -> Int64 {
    daylight.start.wallSecond(in: year) - standard.seconds
  }

  private func end(_ daylight: Daylight, in year: Int) -> Int64 {
    daylight.end.wallSecond(in: year) - daylight.offset.seconds
  }

  private static func year(of wallSecond: Int64) -> Int {
    CivilDate(daysSinceEpoch: Int(wallSecond.flooredDivision(by: 86_400).quotient)).year
  }
}

extension PosixZone.Change {
  /// The wall clock's second, counted from 1970-01-01 00:00 on it.
  fileprivate func wallSecond(in year: Int) -> Int64 {
    Int64(day.daysSinceEpoch(in: year)) * 86_400 + time
  }
}

extension PosixZone.Day {
  fileprivate func daysSinceEpoch(in year: Int) -> Int {
    let newYear = Self.days(year, 1, 1)
    switch self {
    case .ordinal(let day): return newYear + day
    case .julian(let day): return newYear + day - 1 + (CivilDate.isLeap(year) && day >= 60 ? 1 : 0)
    case .weekday(let month, let week, let day):
      let first = Self.days(year, month, 1)
      // Sunday is 0 here and 7 in ISO 8601.
      let weekday = CivilDate.weekday(daysSinceEpoch: first).rawValue % 7
      let earliest = first + (day - weekday + 7) % 7
      let inMonth = CivilDate.days(inMonth: month, ofYear: year)
      let date = earliest + (week - 1) * 7
      return date - first < inMonth ? date : date - 7
    }
  }

  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    CivilDate(year: year, month: month, day: day)?.daysSinceEpoch ?? 0
  }
}
