import CivilTime

/// A parser of the value of an RRULE (RFC 5545 3.3.10). It refuses what that section forbids.
struct RecurrenceParser {
  private let whole: LocatedText
  private var parts: [String: LocatedText] = [:]
  private var names: [String: LocatedText] = [:]

  static let accepted = "a recurrence rule such as \"FREQ=WEEKLY;INTERVAL=2;BYDAY=FR\""

  /// In the order of the RFC's grammar.
  static let partNames = [
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYHOUR",
    "BYMINUTE", "BYSECOND", "BYSETPOS", "WKST",
  ]

  /// The largest COUNT. The end of such a rule is found by counting, which takes too long for a larger one.
  private static let largestCount = 100_000

  init(_ text: LocatedText) throws(ScheduleError) {
    whole = text
    for piece in text.split(on: ";") {
      guard let (name, value) = piece.cut(at: "=") else {
        throw piece.error(
          piece.isEmpty ? "a part of the rule is missing here" : "\(piece.text) has no value", Self.accepted)
      }
      let key = name.uppercased
      guard Self.partNames.contains(key) else {
        throw name.error(
          "\(name.text) is no part of a recurrence rule", Self.partNames.joined(separator: ", "))
      }
      guard parts[key] == nil else { throw name.error("\(key) is there twice", "each part once") }
      guard !value.isEmpty else { throw name.error("\(key) has no value", Self.accepted) }
      parts[key] = value
      names[key] = name
    }
  }

  func rule() throws(ScheduleError) -> RecurrenceRule {
    var rule = RecurrenceRule(frequency: try frequency())
    rule.interval = try number("INTERVAL", 1...999_999_999) ?? 1
    rule.end = try end()
    rule.seconds = try list("BYSECOND", 0...60).map { min($0, 59) }
    if rule.seconds.count > 1, rule.seconds.suffix(2) == [59, 59] { rule.seconds.removeLast() }
    rule.minutes = try list("BYMINUTE", 0...59)
    rule.hours = try list("BYHOUR", 0...23)
    rule.weekdays = try weekdays()
    rule.monthDays = try list("BYMONTHDAY", 1...31, isSigned: true)
    rule.yearDays = try list("BYYEARDAY", 1...366, isSigned: true)
    rule.weekNumbers = try list("BYWEEKNO", 1...53, isSigned: true)
    rule.months = try list("BYMONTH", 1...12)
    rule.positions = try list("BYSETPOS", 1...366, isSigned: true)
    if let value = parts["WKST"] { rule.weekStart = try weekday(value, value.uppercased) }
    try check(rule)
    return rule
  }

  // MARK: Parts

  private func frequency() throws(ScheduleError) -> RecurrenceRule.Frequency {
    guard let value = parts["FREQ"] else { throw whole.error("FREQ is missing", Self.accepted) }
    guard let frequency = RecurrenceRule.Frequency.allCases.first(where: { $0.name == value.uppercased })
    else {
      throw value.error(
        "\(value.text) is no frequency",
        RecurrenceRule.Frequency.allCases.map(\.name).joined(separator: ", "))
    }
    return frequency
  }

  private func end() throws(ScheduleError) -> RecurrenceRule.End {
    if let count = try number("COUNT", 1...Self.largestCount) {
      guard let until = names["UNTIL"] else { return .count(count) }
      throw until.error("a rule ends by COUNT or by UNTIL, not by both", "one of them")
    }
    guard let until = parts["UNTIL"] else { return .never }
    return .until(try DateValue(until))
  }

  private func number(_ name: String, _ range: ClosedRange<Int>) throws(ScheduleError) -> Int? {
    guard let value = parts[name] else { return nil }
    guard let number = value.number, range.contains(number), value.utf8.first != UInt8(ascii: "+") else {
      throw value.error("\(name)=\(value.text) is out of range", "\(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// The numbers of a part, sorted, without repeated ones; empty if the rule does not have it.
  private func list(
    _ name: String, _ range: ClosedRange<Int>, isSigned: Bool = false
  ) throws(ScheduleError) -> [Int] {
    guard let value = parts[name] else { return [] }
    var numbers: Set<Int> = []
    for item in value.split(on: ",") {
      let hasSign = item.utf8.first == UInt8(ascii: "-") || item.utf8.first == UInt8(ascii: "+")
      guard let number = item.number, range.contains(isSigned ? abs(number) : number), isSigned || !hasSign
      else {
        let limits = "\(range.lowerBound) to \(range.upperBound)"
        throw item.error(
          "\(item.isEmpty ? "nothing" : item.text) is not a value of \(name)",
          isSigned ? "\(limits), or -\(range.upperBound) to -\(range.lowerBound) from the end" : limits)
      }
      numbers.insert(number)
    }
    return numbers.sorted()
  }

  private func weekdays() throws(ScheduleError) -> [RecurrenceRule.Day] {
    guard let value = parts["BYDAY"] else { return [] }
    var days: Set<RecurrenceRule.Day> = []
    for item in value.split(on: ",") {
      let text = item.uppercased
      let ordinal = text.prefix { !$0.isLetter }
      let weekday = try weekday(item, String(text.dropFirst(ordinal.count)))
      guard !ordinal.isEmpty else {
        days.insert(.init(ordinal: 0, weekday: weekday))
        continue
      }
      guard let number = Digits.number(ordinal, in: -53...53), number != 0 else {
        throw item.error("\(ordinal) is not the number of a weekday", "1 to 53, or -53 to -1 from the end")
      }
      days.insert(.init(ordinal: number, weekday: weekday))
    }
    return days.sorted()
  }

  private func weekday(_ place: LocatedText, _ name: String) throws(ScheduleError) -> Weekday {
    guard let weekday = Weekday(code: name) else {
      throw place.error(
        "\(place.isEmpty ? "nothing" : place.text) is not a weekday",
        Weekday.allCases.map(\.code).joined(separator: ", "))
    }
    return weekday
  }

  // MARK: Parts that exclude each other

  private func check(_ rule: RecurrenceRule) throws(ScheduleError) {
    let frequency = rule.frequency
    if let name = names["BYWEEKNO"], frequency != .yearly {
      throw name.error("BYWEEKNO goes with FREQ=YEARLY only", "FREQ=YEARLY, or no BYWEEKNO")
    }
    if let name = names["BYYEARDAY"], [.daily, .weekly, .monthly].contains(frequency) {
      throw name.error("BYYEARDAY does not go with FREQ=\(frequency.name)", "FREQ=YEARLY, or no BYYEARDAY")
    }
    if let name = names["BYMONTHDAY"], frequency == .weekly {
      throw name.error("BYMONTHDAY does not go with FREQ=WEEKLY", "FREQ=MONTHLY, or no BYMONTHDAY")
    }
    if let name = names["BYDAY"], rule.weekdays.contains(where: { $0.ordinal != 0 }) {
      guard frequency >= .monthly else {
        throw name.error(
          "numbered weekdays do not go with FREQ=\(frequency.name)",
          "FREQ=MONTHLY or YEARLY, or weekdays alone")
      }
      guard rule.weekNumbers.isEmpty else {
        throw name.error("numbered weekdays do not go with BYWEEKNO", "weekdays alone")
      }
    }
    if let name = names["BYSETPOS"], !names.keys.contains(where: { $0.hasPrefix("BY") && $0 != "BYSETPOS" }) {
      throw name.error(
        "BYSETPOS takes from what another BY… part makes, and there is none", "BYDAY, for example")
    }
  }
}

extension RecurrenceRule.Frequency {
  /// The value of FREQ: `WEEKLY`.
  var name: String { Self.names[rawValue] }

  private static let names = ["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
}
