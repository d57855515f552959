package import CivilTime

/// English words for dates, times and numbers.
package enum English {
  /// January comes first.
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]

  /// `January` for 1; `month 13` for a number that is no month.
  package static func month(_ number: Int) -> String {
    months.indices.contains(number - 1) ? months[number - 1] : "month \(number)"
  }

  /// `Jan` for 1.
  package static func shortMonth(_ number: Int) -> String { String(month(number).prefix(3)) }

  /// `1st`, `2nd`, `11th`.
  static func ordinal(_ number: Int) -> String {
    guard !(11...13).contains(abs(number) % 100) else { return "\(number)th" }
    return switch abs(number) % 10 {
    case 1: "\(number)st"
    case 2: "\(number)nd"
    case 3: "\(number)rd"
    default: "\(number)th"
    }
  }

  /// `first` for 1, `last` for -1, `second to last` for -2; digits above five.
  static func place(_ number: Int) -> String {
    let words = ["first", "second", "third", "fourth", "fifth"]
    if number == -1 { return "last" }
    if number < 0 { return place(-number) + " to last" }
    return words.indices.contains(number - 1) ? words[number - 1] : ordinal(number)
  }

  /// `a`, `a and b`, `a, b and c`.
  static func list(_ items: [String], _ conjunction: String = "and") -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }

  /// The names of sorted values; three and more in a row become a range, as in `Monday to Friday`.
  static func runs(_ values: [Int], _ name: (Int) -> String) -> [String] {
    var runs: [String] = []
    var index = 0
    while index < values.count {
      var last = index
      while last + 1 < values.count, values[last + 1] - values[last] == 1 { last += 1 }
      if last - index >= 2 {
        runs.append("\(name(values[index])) to \(name(values[last]))")
      } else {
        runs += values[index...last].map(name)
      }
      index = last + 1
    }
    return runs
  }

  /// The names of sorted weekdays as a list, with ranges.
  static func list(_ weekdays: [Weekday], _ conjunction: String = "and") -> String {
    list(runs(weekdays.map(\.rawValue)) { Weekday(rawValue: $0)?.name ?? "" }, conjunction)
  }

  /// `1 day`, `3 days`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)" + (number == 1 ? "" : "s")
  }

  /// The words after "every": `day` for 1, `other day` for 2, `3 days`.
  static func every(_ number: Int, _ noun: String) -> String {
    number == 1 ? noun : number == 2 ? "other \(noun)" : "\(number) \(noun)s"
  }

  /// `08:05`, with seconds (`08:05:30`, `08:05:30.25`) only if they are not 0.
  static func clock(hour: Int, minute: Int, microseconds: Int64 = 0) -> String {
    let text = Digits.padded(hour, to: 2) + ":" + Digits.padded(minute, to: 2)
    return microseconds == 0 ? text : text + ":" + seconds(microseconds, isPadded: true)
  }

  /// `08:05`: the hour and minute of a time, whatever its seconds.
  package static func clock(_ time: CivilDateTime) -> String { clock(hour: time.hour, minute: time.minute) }

  /// Microseconds as seconds, with a fraction only if there is one: `30`, `0.25`.
  static func seconds(_ microseconds: Int64, isPadded: Bool = false) -> String {
    Digits.padded(Int(microseconds / 1_000_000), to: isPadded ? 2 : 1)
      + Digits.fraction(Int(microseconds % 1_000_000))
  }

  /// `27 November 2026`.
  static func date(_ date: CivilDate) -> String { "\(date.day) \(month(date.month)) \(date.year)" }

  /// `27 November 2026 at 19:30`.
  static func moment(_ time: CivilDateTime) -> String {
    let clock = clock(
      hour: time.hour, minute: time.minute, microseconds: time.microsecondOfDay % 60_000_000)
    return "\(date(time.date)) at \(clock)"
  }

  /// `New York time` for `America/New_York`, and `UTC`. A name that is no city's stays whole, as in
  /// `US/Central time`: Canada has a Central too.
  static func zoneName(_ zone: Zone) -> String {
    guard zone.name != "UTC" else { return "UTC" }
    guard let area = zone.name.split(separator: "/").first, areas.contains(String(area)),
      let slash = zone.name.lastIndex(of: "/")
    else { return "\(zone.name) time" }
    let place = zone.name[zone.name.index(after: slash)...]
    return String(place.map { $0 == "_" ? " " : $0 }) + " time"
  }

  /// The areas of the IANA database in which places of the same name have the same clock.
  private static let areas: Set<String> = [
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian",
    "Pacific",
  ]
}
