import CivilTime

/// A word, a number or a punctuation mark of plain words, with its place.
struct PlainToken {
  enum Kind: Hashable {
    case weekday(Weekday)
    /// 1 to 12.
    case month(Int)
    /// `first`, `1st`; `last` is -1.
    case ordinal(Int)
    case number(Int)
    /// `8:05`, `22:00:30`.
    case clock(ClockTime)
    case date(CivilDate)
    case unit(Unit)
    case keyword(Keyword)
    /// `and`, `&` or a comma.
    case and
    /// `to` or a hyphen.
    case to
    case unknown
  }

  enum Unit: String {
    case second, minute, hour, day, week, month, year
  }

  enum Keyword: String, CaseIterable {
    case every, other, daily, weekly, monthly, yearly, hourly, weekdays, weekends, at, on, the, of
    case `in`, today, tonight, tomorrow, next, this, noon, midnight, am, pm, a
  }

  let kind: Kind
  /// In UTF-8 offsets.
  let range: Range<Int>
  /// In lower case.
  let text: String
}

/// A time of day in whole seconds.
struct ClockTime: Hashable, Comparable {
  let hour: Int
  let minute: Int
  let second: Int

  static func < (left: ClockTime, right: ClockTime) -> Bool {
    (left.hour, left.minute, left.second) < (right.hour, right.minute, right.second)
  }
}
