import Schedules

/// The times of day of a calendar expression in words: `at 08:00 and 20:00`, `every 15 minutes`.
struct CalendarTimeWords {
  private let hours: [Int]
  private let minutes: [Int]
  private let seconds: [CalendarComponent]

  init(_ expression: CalendarExpression) {
    hours = expression.hourValues
    minutes = expression.minuteValues
    seconds = expression.seconds
  }

  /// True for a single time.
  var isSingle: Bool { hours.count == 1 && minutes.count == 1 && second != nil }

  /// True if the words are those of an interval, which stand before the days.
  var isInterval: Bool { interval != nil }

  var text: String {
    if let interval { return interval }
    if let clocks = clocks(upTo: 8) { return "at " + English.list(clocks) }
    return fields
  }

  /// The second in microseconds, if there is a single one.
  private var second: Int64? {
    seconds.count == 1 && seconds[0].step == nil ? seconds[0].start : nil
  }

  private func clocks(upTo limit: Int) -> [String]? {
    guard let second, hours.count * minutes.count <= limit else { return nil }
    return hours.flatMap { hour in
      minutes.map { English.clock(hour: hour, minute: $0, microseconds: second) }
    }
  }

  // MARK: Intervals

  /// `every 15 minutes`, `every hour from 09:00 to 17:00`, for times that repeat evenly from the full hour or
  /// midnight.
  private var interval: String? {
    guard second == 0 else { return secondInterval }
    guard clocks(upTo: 4) == nil else { return nil }
    if minutes == [0], let step = Self.even(hours, 24), step > 1 { return "every \(step) hours" }
    guard let step = Self.even(minutes, 60) else { return nil }
    let noun = step == 60 ? "hour" : step == 1 ? "minute" : "\(step) minutes"
    if hours.count == 24 { return "every \(noun)" }
    guard hours[hours.count - 1] - hours[0] == hours.count - 1 else { return nil }
    let first = English.clock(hour: hours[0], minute: 0)
    let last = English.clock(hour: hours[hours.count - 1], minute: 60 - step)
    return "every \(noun) from \(first) to \(last)"
  }

  private var secondInterval: String? {
    guard hours.count == 24, minutes.count == 60, seconds.count == 1, seconds[0].start == 0,
      let step = seconds[0].step, CalendarExpression.microsecondsPerMinute.isMultiple(of: step)
    else { return nil }
    // A range that ends before the minute is no interval.
    if let stop = seconds[0].stop, stop + step < CalendarExpression.microsecondsPerMinute { return nil }
    return step == 1_000_000 ? "every second" : "every \(English.seconds(step)) seconds"
  }

  /// The distance of values that go evenly from 0 through a field of `count` values into the next one; nil
  /// for others.
  private static func even(_ values: [Int], _ count: Int) -> Int? {
    let step = values.count > 1 ? values[1] - values[0] : count
    guard count.isMultiple(of: step), values == Array(stride(from: 0, to: count, by: step)) else {
      return nil
    }
    return step
  }

  // MARK: Fields

  /// `at minute 5 of hours 8 to 10`.
  private var fields: String {
    var parts: [String] = []
    if second != 0 { parts.append(secondNoun) }
    parts.append(Self.noun("minute", minutes, 60))
    parts.append(Self.noun("hour", hours, 24))
    let text = parts.joined(separator: " of ")
    return (text.hasPrefix("every minute") || text.hasPrefix("every second ") ? "in " : "at ") + text
  }

  private static func noun(_ name: String, _ values: [Int], _ count: Int) -> String {
    if values.count == count { return "every \(name)" }
    if values.count == 1 { return "\(name) \(values[0])" }
    if let step = step(values) {
      return "every \(English.ordinal(step)) \(name) from \(values[0]) to \(values[values.count - 1])"
    }
    return "\(name)s " + English.list(English.runs(values) { "\($0)" })
  }

  /// `seconds 0 to 30 in steps of 10`. Steps may be as short as a microsecond, so the values are not listed.
  private var secondNoun: String {
    let last = CalendarExpression.microsecondsPerMinute - 1
    let names = seconds.map { component in
      let start = English.seconds(component.start)
      guard let step = component.step else { return start }
      let end = component.last(upTo: last)
      if end == component.start { return start }
      let range = "\(start) to \(English.seconds(end))"
      return step == 1_000_000 ? range : "\(range) in steps of \(English.seconds(step))"
    }
    if names == ["0 to 59"] { return "every second" }
    let isSingle = seconds.count == 1 && seconds[0].step == nil
    return (isSingle ? "second " : "seconds ") + English.list(names)
  }

  /// The distance of four or more evenly spaced values; nil for other values, and for neighbours.
  static func step(_ values: [Int]) -> Int? {
    guard values.count >= 4 else { return nil }
    let step = values[1] - values[0]
    return step > 1 && zip(values, values.dropFirst()).allSatisfy { $1 - $0 == step } ? step : nil
  }
}
