import CivilTime
import Schedules

/// A recurrence rule in English: `every other Friday at 19:30`, `on the last Friday of every month at 20:00`.
/// The words cover every part that bears on the occurrences.
struct RecurrenceWords {
  private let rule: RecurrenceRule
  private let start: CivilDateTime

  init(_ rule: RecurrenceRule, start: CivilDateTime) {
    self.rule = rule.completed(from: start.date)
    self.start = start
  }

  var text: String {
    ([days] + limits + [times] + [positions, weekStart, end]).filter { !$0.isEmpty }.joined(separator: " ")
  }

  // MARK: The days

  private var frequency: RecurrenceRule.Frequency { rule.frequency }

  /// The frequency and the interval, with the weekdays of a weekly rule.
  private var days: String {
    switch frequency {
    case .secondly: return "every " + English.every(rule.interval, "second")
    case .minutely: return "every " + English.every(rule.interval, "minute")
    case .hourly: return "every " + English.every(rule.interval, "hour")
    case .daily: return "every " + English.every(rule.interval, "day")
    case .weekly:
      let names = weekdayNames
      if rule.interval == 1 { return "every \(names)" }
      if rule.interval == 2, rule.weekdays.count == 1 { return "every other \(names)" }
      return "every \(English.every(rule.interval, "week")) on \(names == "weekday" ? "weekdays" : names)"
    case .monthly:
      return rule.interval == 1 ? "every month" : "every \(English.every(rule.interval, "month"))"
    case .yearly:
      if let weekParity { return "every \(weekdayNames) in \(weekParity) weeks" }
      return "every \(English.every(rule.interval, "year"))"
    }
  }

  /// The parts that limit the days, a phrase each.
  private var limits: [String] {
    guard weekParity == nil else { return [] }
    var limits: [String] = []
    if isDate {
      limits.append("on \(rule.monthDays[0]) \(English.month(rule.months[0]))")
    } else {
      if !rule.monthDays.isEmpty {
        limits.append("on the \(English.list(rule.monthDays.map(Self.day))) of the month")
      }
      if !rule.months.isEmpty {
        limits.append("in " + English.list(English.runs(rule.months, English.month)))
      }
    }
    if !rule.yearDays.isEmpty {
      limits.append("on the \(English.list(rule.yearDays.map(Self.day))) of the year")
    }
    if !rule.weekNumbers.isEmpty {
      limits.append("in the \(English.list(rule.weekNumbers.map(English.place))) week of the year")
    }
    guard frequency != .weekly, !rule.weekdays.isEmpty else { return limits }
    let numbered = rule.weekdays.filter { $0.ordinal != 0 }
    guard !numbered.isEmpty else {
      return limits + ["on \(weekdayNames == "weekday" ? "weekdays" : weekdayNames)"]
    }
    let period = frequency == .yearly && rule.months.isEmpty ? "year" : "month"
    let plain = rule.weekdays.filter { $0.ordinal == 0 }.map { "every \($0.weekday.name)" }
    let places = numbered.map { "the \(English.place($0.ordinal)) \($0.weekday.name)" }
    return limits + ["on \(English.list(places + plain)) of the \(period)"]
  }

  /// True if the rule has one date of the year.
  private var isDate: Bool {
    frequency == .yearly && rule.months.count == 1 && rule.monthDays.count == 1 && rule.monthDays[0] > 0
  }

  /// `even` or `odd` for weekdays in every second week of the year, else nil.
  private var weekParity: String? {
    guard frequency == .yearly, rule.interval == 1, rule.months.isEmpty, rule.monthDays.isEmpty,
      rule.yearDays.isEmpty, !rule.weekdays.isEmpty, rule.weekdays.allSatisfy({ $0.ordinal == 0 })
    else { return nil }
    let isEvery = { rule.weekNumbers == Array(stride(from: $0, through: 53, by: 2)) }
    return isEvery(2) ? "even" : isEvery(1) ? "odd" : nil
  }

  private var weekdayNames: String {
    let weekdays = rule.weekdays.map(\.weekday)
    return WeekdaySet(weekdays) == .weekdays ? "weekday" : English.list(weekdays)
  }

  /// `1st`, `last day`, `2nd to last day`.
  private static func day(_ number: Int) -> String {
    if number == -1 { return "last day" }
    return number < 0 ? "\(English.ordinal(-number)) to last day" : English.ordinal(number)
  }

  // MARK: The times

  private var times: String {
    let hours = rule.hours.isEmpty && frequency > .hourly ? [start.hour] : rule.hours
    let minutes = rule.minutes.isEmpty && frequency > .minutely ? [start.minute] : rule.minutes
    let seconds = rule.seconds.isEmpty && frequency > .secondly ? [start.second] : rule.seconds
    if !hours.isEmpty, !minutes.isEmpty, !seconds.isEmpty, hours.count * minutes.count * seconds.count <= 4 {
      let clocks = hours.flatMap { hour in
        minutes.flatMap { minute in
          seconds.map { English.clock(hour: hour, minute: minute, microseconds: Int64($0) * 1_000_000) }
        }
      }
      return "at " + English.list(clocks)
    }
    var parts: [String] = []
    if !seconds.isEmpty, seconds != [0] { parts.append(Self.noun("second", seconds)) }
    if !minutes.isEmpty { parts.append(Self.noun("minute", minutes)) }
    if !hours.isEmpty { parts.append(Self.noun("hour", hours)) }
    return parts.isEmpty ? "" : "at " + parts.joined(separator: " of ")
  }

  private static func noun(_ name: String, _ values: [Int]) -> String {
    name + (values.count == 1 ? " " : "s ") + English.list(English.runs(values) { "\($0)" })
  }

  // MARK: The rest

  private var positions: String {
    guard !rule.positions.isEmpty else { return "" }
    let period =
      switch frequency {
      case .secondly: "second"
      case .minutely: "minute"
      case .hourly: "hour"
      case .daily: "day"
      case .weekly: "week"
      case .monthly: "month"
      case .yearly: "year"
      }
    return "(of these, the \(English.list(rule.positions.map(English.place))) of each \(period))"
  }

  /// The first day of the week, if it bears on the occurrences and is not Monday (RFC 5545 3.3.10, "WKST").
  private var weekStart: String {
    let matters =
      frequency == .weekly && (rule.interval > 1 || !rule.positions.isEmpty) || !rule.weekNumbers.isEmpty
    guard matters, rule.weekStart != .monday else { return "" }
    return "(weeks begin on \(rule.weekStart.name))"
  }

  private var end: String {
    switch rule.end {
    case .never: ""
    case .count(let count): count == 1 ? "once" : count == 2 ? "twice" : "\(count) times"
    case .until(let date): "until \(English.moment(date))"
    }
  }
}

extension English {
  /// `27 November 2026 at 19:30`; the date alone for a whole day.
  static func moment(_ value: DateValue) -> String {
    switch value {
    case .date(let day): date(day)
    case .local(let time): moment(time)
    case .instant(let instant): moment(Zone.utc.local(at: instant).civil) + " UTC"
    }
  }
}
