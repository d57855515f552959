/// A time of day as words say it, whose half of the day may be open.
struct PlainTime {
  enum Form {
    /// Nothing is open: `noon`, `22:00`, `9 pm`, `7 in the morning`.
    case exact
    /// `8:05`, which is of the 24-hour clock unless a part of the day stands beside it.
    case clock
    /// `8`, which is of the 24-hour clock behind a day, and open alone.
    case bare
    /// `eight`, `half past 7`, `8 o'clock`: open unless a part of the day stands beside it.
    case spoken
  }

  var hour: Int
  /// Negative for minutes before the hour, as in a quarter to eight.
  var minute = 0
  var second = 0
  var form: Form
  /// True for a time with am or pm, or with a part of the day of its own.
  var isMarked = false
  /// The tokens of the time.
  var place = 0..<0

  /// The time of day, with the hour as it is.
  var clock: ClockTime {
    let minutes = (hour * 60 + minute + 24 * 60) % (24 * 60)
    return ClockTime(hour: minutes / 60, minute: minutes % 60, second: second)
  }

  /// True for an hour that both halves of the day have.
  var isTwelveHour: Bool { form != .exact && (1...12).contains(hour) }

  /// The time in one half of the day; nil for an hour that is not of the 12-hour clock, and for minutes
  /// before twelve, which are of the other half.
  func marked(isMorning: Bool) -> PlainTime? {
    guard (1...12).contains(hour), minute >= 0 || hour != 12 else { return nil }
    return exact(hour: hour % 12 + (isMorning ? 0 : 12))
  }

  /// The time in a part of the day; nil where it is not clear or not in it.
  func placed(in part: DayPart) -> PlainTime? {
    guard isTwelveHour else { return part.contains(hour) ? exact(hour: hour) : nil }
    return part.hour(of: hour).map(exact)
  }

  private func exact(hour: Int) -> PlainTime {
    var time = self
    (time.hour, time.form, time.isMarked) = (hour, .exact, true)
    return time
  }
}
