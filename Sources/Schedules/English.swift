import CivilTime

/// English for explanations: names, ordinals, lists and clock times.
enum English {
  /// From Monday on.
  static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]

  static func weekday(_ weekday: Weekday) -> String { weekdays[weekday.rawValue - 1] }

  /// 1 is January; the number itself where there is no such month.
  static func month(_ number: Int) -> String {
    months.indices.contains(number - 1) ? months[number - 1] : "month \(number)"
  }

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

  /// `first` for 1, `last` for -1, `second to last` for -2; digits where words get long.
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

  /// `1 day`, `3 days`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)" + (number == 1 ? "" : "s")
  }

  /// `day` for 1, `other day` for 2, `3 days`: what stands after "every".
  static func every(_ number: Int, _ noun: String) -> String {
    number == 1 ? noun : number == 2 ? "other \(noun)" : "\(number) \(noun)s"
  }

  /// `08:05`, with seconds (`08:05:30`, `08:05:30.25`) only where they are not 0.
  static func clock(hour: Int, minute: Int, microseconds: Int64 = 0) -> String {
    let text = twoDigits(hour) + ":" + twoDigits(minute)
    return microseconds == 0 ? text : text + ":" + seconds(microseconds, isPadded: true)
  }

  /// Seconds from microseconds, with a fraction only where there is one: `30`, `0.25`.
  static func seconds(_ microseconds: Int64, isPadded: Bool = false) -> String {
    let whole = Int(microseconds / 1_000_000)
    var text = isPadded ? twoDigits(whole) : "\(whole)"
    guard microseconds % 1_000_000 != 0 else { return text }
    var fraction = String(1_000_000 + microseconds % 1_000_000).dropFirst()
    while fraction.last == "0" { fraction.removeLast() }
    text += "." + fraction
    return text
  }

  /// `27 November 2026`.
  static func date(_ date: CivilDate) -> String { "\(date.day) \(month(date.month)) \(date.year)" }

  /// `New York time` for `America/New_York`, `UTC` as it is. Names that are no place's stay whole: there is a Central of
  /// the US and one of Canada.
  static func clockOf(_ zone: Zone) -> String {
    guard zone.name != "UTC" else { return "UTC" }
    guard let area = zone.name.split(separator: "/").first, areas.contains(String(area)),
      let slash = zone.name.lastIndex(of: "/")
    else { return "\(zone.name) time" }
    let place = zone.name[zone.name.index(after: slash)...]
    return String(place.map { $0 == "_" ? " " : $0 }) + " time"
  }

  /// Of these, places that share their last name share their clocks.
  private static let areas: Set<String> = [
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian",
    "Pacific",
  ]

  static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
