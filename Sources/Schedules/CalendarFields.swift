/// The fields of a calendar expression as sorted lists of values, for rooms that put it into words or other
/// languages.
extension CalendarExpression {
  /// 1970 to 2199; empty if every year is meant.
  package var yearValues: [Int] {
    guard !years.isEmpty else { return [] }
    return Self.yearRange.filter(isYear).map { Int($0) }
  }

  /// True if a year within `yearRange` is one of the expression's. The search asks for each year that it
  /// visits.
  @inline(__always)
  func isYear(_ year: Int64) -> Bool {
    years.isEmpty || years.contains { $0.first(from: year, upTo: Self.yearRange.upperBound) == year }
  }

  /// 1 to 12.
  package var monthValues: [Int] { monthBits.positions }

  /// 1 to 31, counted from the month's beginning. All of them if the days count from its end.
  package var dayValues: [Int] { dayBits.positions }

  /// Days counted from the month's end: 1 is the last. Nil if they count from its beginning. A repetition
  /// goes towards the end.
  package var dayValuesFromEnd: [Int]? {
    guard isFromMonthEnd, !days.isEmpty else { return nil }
    var places: Set<Int64> = []
    for component in days {
      let first = max(component.start, component.stop ?? component.start)
      let last =
        component.stop.map { min($0, component.start) } ?? (component.step == nil ? component.start : 1)
      places.formUnion(stride(from: first, through: last, by: -Int(component.step ?? 1)))
    }
    return places.sorted().map { Int($0) }
  }

  /// 0 to 23.
  package var hourValues: [Int] { hourBits.positions }

  /// 0 to 59.
  package var minuteValues: [Int] { minuteBits.positions }

  /// True if the expression has any occurrence, in any year up to 2199.
  package var hasOccurrence: Bool { wall(after: -1) != nil }
}

extension UInt64 {
  /// The numbers of the bits that are set, lowest first.
  var positions: [Int] { (0..<64).filter { self & 1 << UInt64($0) != 0 } }
}
