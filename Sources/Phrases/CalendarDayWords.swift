import CivilTime
import Schedules

/// The days of a calendar expression in words that stand alone: `every weekday`, `on the 1st of every month`.
struct CalendarDayWords {
  private let weekdays: [Weekday]
  /// Empty if every year is meant.
  private let years: [Int]
  private let months: [Int]
  /// Days of the month, or days from its end: 1 is the last one.
  private let days: [Int]
  private let isFromEnd: Bool

  init(_ expression: CalendarExpression) {
    weekdays = expression.weekdays.members
    years = expression.yearValues
    months = expression.monthValues
    days = expression.dayValuesFromEnd ?? expression.dayValues
    isFromEnd = expression.dayValuesFromEnd != nil
  }

  var isEveryDay: Bool { isEveryDate && weekdays.count == 7 && months.count == 12 && years.isEmpty }

  var text: String { words + clause }

  /// True if the words end in a clause, which needs a comma after it.
  var endsInClause: Bool { !clause.isEmpty }

  private var isEveryDate: Bool { days.count == 31 }

  /// `27 November 2026`, for an expression with that single date.
  var singleDate: String? {
    guard !isFromEnd, weekdays.count == 7, years.count == 1, months.count == 1, days.count == 1 else {
      return nil
    }
    return CivilDate(year: years[0], month: months[0], day: days[0]).map(English.date)
  }

  private var words: String {
    if isEveryDate {
      let day = weekdays.count == 7 ? "day" : weekdayNames
      return "every \(day)" + (months.count == 12 ? "" : " in \(monthNames)")
    }
    if isDate {
      return "on \(days[0]) \(English.month(months[0]))" + (years.count == 1 ? " \(years[0])" : "")
    }
    if weekdays.count == 1, let places {
      return "on the \(places) \(weekdays[0].name) of \(ofMonths)"
    }
    return "on the \(dayNames) of \(ofMonths)"
  }

  /// The years, and the weekdays that limit dates, unless `words` has them.
  private var clause: String {
    if isEveryDate { return yearText }
    let hasPlaces = weekdays.count == 1 && places != nil && !isDate
    let condition =
      weekdays.count == 7 || hasPlaces ? "" : ", if it is a \(English.list(weekdays, "or"))"
    return (isDate && years.count == 1 ? "" : yearText) + condition
  }

  /// True if the days are one day of one month: `29 February`, `27 November 2026`.
  private var isDate: Bool { !isFromEnd && months.count == 1 && days.count == 1 }

  private var dayNames: String {
    guard isFromEnd else { return English.list(English.runs(days, English.ordinal)) }
    if days.count > 1, days == Array(1...days.count) { return "last \(days.count) days" }
    return English.list(days.reversed().map(Self.place)) + " day"
  }

  /// `last`, `2nd to last`.
  private static func place(_ place: Int) -> String {
    place == 1 ? "last" : "\(English.ordinal(place)) to last"
  }

  /// `first and third`, if the days are whole weeks of the month, which have each weekday once.
  private var places: String? {
    if isFromEnd { return days == Array(1...7) ? "last" : nil }
    var rest = Set(days)
    var places: [Int] = []
    for place in 1...5 {
      let week = Set((place * 7 - 6)...min(place * 7, 31))
      guard week.isSubset(of: rest) else { continue }
      rest.subtract(week)
      places.append(place)
    }
    return rest.isEmpty ? English.list(places.map(English.place)) : nil
  }

  // MARK: Names

  private var weekdayNames: String {
    WeekdaySet(weekdays) == .weekdays ? "weekday" : English.list(weekdays)
  }

  private var ofMonths: String { months.count == 12 ? "every month" : monthNames }

  private var monthNames: String { English.list(English.runs(months, English.month)) }

  /// `, in 2026 to 2028`; empty if every year is meant.
  private var yearText: String {
    guard !years.isEmpty else { return "" }
    let last = Int(CalendarExpression.yearRange.upperBound)
    if let step = CalendarTimeWords.step(years) {
      let isOpen = years[years.count - 1] + step > last
      return ", every \(step) years from \(years[0])" + (isOpen ? " on" : " to \(years[years.count - 1])")
    }
    if years.count > 1, years == Array(years[0]...last) { return ", from \(years[0]) on" }
    return ", in " + English.list(English.runs(years) { "\($0)" })
  }
}
