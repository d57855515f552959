import CivilTime

extension CalendarExpression {
  /// The expression in English: `Every weekday at 08:05`, `On the last Friday of every month at 17:00`. Nothing is left
  /// out: expressions with the same words have the same occurrences. Times are local, unless a zone is named.
  package var explanation: String {
    let time = CalendarTimeWords(self)
    let day = CalendarDayWords(self)
    var text: String
    if let date = day.singleDate, time.isSingle {
      text = "once, on \(date) \(time.text)"
    } else if time.isInterval {
      text = day.isEveryDay ? time.text : "\(time.text), \(day.text)"
    } else {
      text = day.text + (day.endsInClause ? ", " : " ") + time.text
    }
    if let zone { text += ", \(English.clockOf(zone))" }
    // No clock has shown a time before this one.
    if wall(after: -1) == nil { text += ", which never comes" }
    return text.prefix(1).uppercased() + text.dropFirst()
  }
}

/// The days of a calendar expression in words that stand alone: `every weekday`, `on the 1st of every month`.
struct CalendarDayWords {
  private let weekdays: [Int]
  private let years: [Int]
  private let months: [Int]
  /// Days of the month, or places from its end.
  private let days: [Int]
  private let isFromEnd: Bool

  init(_ expression: CalendarExpression) {
    weekdays = (0..<7).filter { expression.weekdays & 1 << UInt8($0) != 0 }
    let range = Int(CalendarExpression.yearRange.lowerBound)...Int(CalendarExpression.yearRange.upperBound)
    years =
      expression.years.isEmpty
      ? []
      : range.filter { year in
        expression.years.contains {
          $0.first(from: Int64(year), upTo: Int64(range.upperBound)) == Int64(year)
        }
      }
    months = (1...12).filter { expression.monthBits & 1 << UInt64($0) != 0 }
    if expression.isFromMonthEnd, !expression.days.isEmpty {
      days = Self.places(expression.days)
      isFromEnd = true
    } else {
      days = (1...31).filter { expression.dayBits & 1 << UInt64($0) != 0 }
      isFromEnd = false
    }
  }

  /// Places from the end of the month, 1 is the last day: a repetition goes towards the end.
  private static func places(_ components: [CalendarComponent]) -> [Int] {
    var places: Set<Int> = []
    for component in components {
      let first = max(component.start, component.stop ?? component.start)
      let last =
        component.stop.map { min($0, component.start) } ?? (component.step == nil ? component.start : 1)
      for place in stride(from: first, through: last, by: -Int(component.step ?? 1)) {
        places.insert(Int(place))
      }
    }
    return places.sorted()
  }

  var isEveryDay: Bool { isEveryDate && weekdays.count == 7 && months.count == 12 && years.isEmpty }

  var text: String { words + clause }

  /// Whether the words end in a clause, which what follows must not be taken for a part of.
  var endsInClause: Bool { !clause.isEmpty }

  private var isEveryDate: Bool { days.count == 31 }

  /// `27 November 2026`, where there is but that date.
  var singleDate: String? {
    guard !isFromEnd, weekdays.count == 7, years.count == 1, months.count == 1, days.count == 1 else {
      return nil
    }
    return CivilDate(year: years[0], month: months[0], day: days[0]).map(English.date)
  }

  private var words: String {
    if isEveryDate {
      let day = weekdays.count == 7 ? "day" : Self.names(weekdays)
      return "every \(day)" + (months.count == 12 ? "" : " in \(monthNames)")
    }
    if isDate {
      return "on \(days[0]) \(English.month(months[0]))" + (years.count == 1 ? " \(years[0])" : "")
    }
    if weekdays.count == 1, let places {
      return "on the \(places) \(English.weekdays[weekdays[0]]) of \(ofMonths)"
    }
    return "on the \(dayNames) of \(ofMonths)"
  }

  /// Years, and weekdays that limit dates, where `words` do not say them.
  private var clause: String {
    if isEveryDate { return yearText }
    let hasPlaces = weekdays.count == 1 && places != nil && !isDate
    let condition =
      weekdays.count == 7 || hasPlaces ? "" : ", if it is a \(Self.weekdayList(weekdays, "or"))"
    return (isDate && years.count == 1 ? "" : yearText) + condition
  }

  /// Whether it is one day of one month: `29 February`, `27 November 2026`.
  private var isDate: Bool { !isFromEnd && months.count == 1 && days.count == 1 }

  private var dayNames: String {
    guard isFromEnd else { return English.list(Self.runs(days, English.ordinal)) }
    if days.count > 1, days == Array(1...days.count) { return "last \(days.count) days" }
    return English.list(days.reversed().map(Self.place)) + " day"
  }

  /// `last`, `2nd to last`.
  private static func place(_ place: Int) -> String {
    place == 1 ? "last" : "\(English.ordinal(place)) to last"
  }

  /// `first and third`, where the days are whole weeks of the month; such weeks hold each weekday once.
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

  private static func names(_ weekdays: [Int]) -> String {
    weekdays == Array(0..<5) ? "weekday" : weekdayList(weekdays, "and")
  }

  private static func weekdayList(_ weekdays: [Int], _ conjunction: String) -> String {
    English.list(runs(weekdays) { English.weekdays[$0] }, conjunction)
  }

  private var ofMonths: String { months.count == 12 ? "every month" : monthNames }

  private var monthNames: String { English.list(Self.runs(months, English.month)) }

  /// Behind everything else: ` in 2026 to 2028`.
  private var yearText: String {
    guard !years.isEmpty else { return "" }
    let last = Int(CalendarExpression.yearRange.upperBound)
    if let step = CalendarTimeWords.step(years) {
      let isOpen = years[years.count - 1] + step > last
      return ", every \(step) years from \(years[0])" + (isOpen ? " on" : " to \(years[years.count - 1])")
    }
    if years.count > 1, years == Array(years[0]...last) { return ", from \(years[0]) on" }
    return ", in " + English.list(Self.runs(years) { "\($0)" })
  }

  /// Three and more in a row are a range.
  static func runs(_ values: [Int], _ name: (Int) -> String) -> [String] {
    var runs: [String] = []
    var index = 0
    while index < values.count {
      var last = index
      while last + 1 < values.count, abs(values[last + 1] - values[last]) == 1 { last += 1 }
      if last - index >= 2 {
        runs.append("\(name(values[index])) to \(name(values[last]))")
      } else {
        runs += values[index...last].map(name)
      }
      index = last + 1
    }
    return runs
  }
}
