import CivilTime

extension RecurrenceRule {
  /// The value of an RRULE: its parts in the order of the RFC's grammar, without those that have their
  /// default value.
  package var text: String {
    var parts = ["FREQ=\(frequency.name)"]
    if interval > 1 { parts.append("INTERVAL=\(interval)") }
    switch end {
    case .never: break
    case .count(let count): parts.append("COUNT=\(count)")
    case .until(let date): parts.append("UNTIL=\(date.text)")
    }
    let lists = [
      ("BYMONTH", months), ("BYWEEKNO", weekNumbers), ("BYYEARDAY", yearDays), ("BYMONTHDAY", monthDays),
    ]
    for (name, list) in lists where !list.isEmpty { parts.append(Self.text(name, list)) }
    if !weekdays.isEmpty {
      let days = weekdays.map { ($0.ordinal == 0 ? "" : "\($0.ordinal)") + $0.weekday.code }
      parts.append("BYDAY=" + days.joined(separator: ","))
    }
    let times = [("BYHOUR", hours), ("BYMINUTE", minutes), ("BYSECOND", seconds), ("BYSETPOS", positions)]
    for (name, list) in times where !list.isEmpty { parts.append(Self.text(name, list)) }
    if weekStart != .monday { parts.append("WKST=\(weekStart.code)") }
    return parts.joined(separator: ";")
  }

  private static func text(_ name: String, _ list: [Int]) -> String {
    name + "=" + list.map(String.init).joined(separator: ",")
  }
}
