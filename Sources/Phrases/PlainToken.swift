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
    /// `1.5`, in thousandths.
    case decimal(Int)
    /// `8:05`, `22:00:30`, `7.30`.
    case clock(ClockTime)
    /// `10.12`: a time of day, or a day and a month.
    case clockOrDate(ClockTime)
    case date(CivilDate)
    /// `24.12.`, `24/12`.
    case monthDay(month: Int, day: Int)
    /// `3/4/2027`: two dates, by the order of day and month.
    case unclearDate(CivilDate, CivilDate)
    case unit(Unit)
    case part(DayPart)
    case keyword(Keyword)
    /// A word that names no time of its own, such as `later` or `lunch`, and what has to be said instead.
    case vague(PlainQuestion)
    /// `and`, `&`, a comma or a slash.
    case and
    /// `to` or a hyphen.
    case to
    case unknown
  }

  enum Unit: String, CaseIterable {
    case second, minute, hour, day, week, month, year
  }

  enum Keyword: String, CaseIterable {
    case every, other, daily, nightly, weekly, monthly, yearly, hourly, fortnightly, biweekly, bimonthly
    case quarterly, weekdays, weekends, at, on, the, of, `in`, today, tonight, tomorrow, yesterday, next, this
    case coming, am, pm, a, half, quarter, past, before, after, from, between, once, twice, times, per
    case except, but, not, apart, than, even, odd, starting, beginning, end, ago, now, since, `for`, another
    case more, fortnight, working, clock = "o'clock"
  }

  let kind: Kind
  /// In UTF-8 offsets.
  let range: Range<Int>
  /// In lower case.
  let text: String

  /// True for a word, and false for digits and punctuation marks.
  var isWord: Bool { text.utf8.first.map { $0.isLetter } == true }
}
