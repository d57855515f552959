/// The rule of a `TZ` string, which repeats every year (POSIX.1-2017, 8.3 "Other Environment Variables";
/// extensions: RFC 8536 3.3).
struct PosixZone: Hashable, Sendable {
  let standard: ZoneRules.Offset
  let daylight: Daylight?

  struct Daylight: Hashable, Sendable {
    let offset: ZoneRules.Offset
    let start: Change
    let end: Change
  }

  /// The time of a change in each year.
  struct Change: Hashable, Sendable {
    let day: Day
    /// Seconds from midnight of the day on the wall clock; -167 to 167 hours.
    let time: Int64
  }

  enum Day: Hashable, Sendable {
    /// `Jn`: 1 to 365; 29 February does not count.
    case julian(Int)
    /// `n`: 0 to 365; 29 February counts.
    case ordinal(Int)
    /// `Mm.w.d`: a weekday (0 is Sunday) in a week of a month; week 5 is the last.
    case weekday(month: Int, week: Int, day: Int)
  }

  func offset(at second: Int64) -> ZoneRules.Offset {
    guard let daylight else { return standard }
    return change(daylight, through: second).isStart ? daylight.offset : standard
  }

  func transition(after second: Int64) -> Int64? {
    guard let daylight else { return nil }
    var first: Int64?
    let year = year(of: second)
    for year in year - 2...year + 2 {
      let (start, end) = (start(daylight, in: year), end(daylight, in: year))
      if start > second { first = min(first ?? start, start) }
      if end > second { first = min(first ?? end, end) }
    }
    return first
  }

  func transition(through second: Int64) -> Int64? {
    daylight.map { change($0, through: second).second }
  }

  /// The changes after a second through another, in order, each with the offset from then on. Changes without
  /// an effect, as of a rule whose daylight time never ends, are left out. `from` is before `to`.
  func changes(after from: Int64, through to: Int64) -> [(second: Int64, offset: ZoneRules.Offset)] {
    guard let daylight else { return [] }
    var all: [(second: Int64, isStart: Bool)] = []
    for year in year(of: from) - 2...year(of: to) + 2 {
      all.append((start(daylight, in: year), true))
      all.append((end(daylight, in: year), false))
    }
    // If both changes are at the same second, the start comes last, so daylight time goes on.
    all.sort { ($0.second, $0.isStart ? 1 : 0) < ($1.second, $1.isStart ? 1 : 0) }
    var changes: [(second: Int64, offset: ZoneRules.Offset)] = []
    var isDaylight: Bool?
    for (index, change) in all.enumerated() {
      if index + 1 < all.count, all[index + 1].second == change.second { continue }
      if change.isStart != isDaylight, (from + 1...to).contains(change.second) {
        changes.append((change.second, change.isStart ? daylight.offset : standard))
      }
      isDaylight = change.isStart
    }
    return changes
  }

  /// The last change that is not after a second. A time outside its day may move a change into a neighbouring
  /// year, so the search covers two years before and after. If both changes are at the same second, daylight
  /// time goes on.
  private func change(_ daylight: Daylight, through second: Int64) -> (second: Int64, isStart: Bool) {
    var last = (second: Int64.min, isStart: false)
    let year = year(of: second)
    for year in year - 2...year + 2 {
      let end = end(daylight, in: year)
      if end <= second, end > last.second { last = (end, false) }
      let start = start(daylight, in: year)
      if start <= second, start >= last.second { last = (start, true) }
    }
    return last
  }

  private func start(_ daylight: Daylight, in year: Int) -> Int64 {
    daylight.start.wallSecond(in: year) - standard.seconds
  }

  private func end(_ daylight: Daylight, in year: Int) -> Int64 {
    daylight.end.wallSecond(in: year) - daylight.offset.seconds
  }

  /// The year of a second by standard time.
  private func year(of second: Int64) -> Int {
    CivilDate(daysSinceEpoch: Int((second + standard.seconds).flooredDivision(by: 86_400).quotient)).year
  }
}

extension PosixZone.Change {
  /// Seconds from 1970-01-01 00:00 on the wall clock.
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
      // Sunday is 0 in POSIX, and 7 in ISO 8601.
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
