import CivilTime
import Schedules

/// The last rule of a VTIMEZONE (RFC 5545 3.6.5): its last standard time, and daylight time if both changes
/// recur every year without an end.
struct ZoneDefinition {
  /// The rule in the form of `TZ` (POSIX.1-2017, 8.3).
  let posix: String

  private struct Observance {
    let start: String
    let offset: Int
    /// `M3.5.0/2`; nil for a single change.
    let rule: String?

    /// Nil for an observance that has ended, or that cannot be parsed.
    init?(_ component: Component) {
      guard let start = component.first("DTSTART")?.value, start.utf8.count >= 15,
        let offset = component.first("TZOFFSETTO").flatMap({ Self.seconds($0.value) })
      else { return nil }
      self.start = start
      self.offset = offset
      guard let rule = component.first("RRULE")?.value else {
        self.rule = nil
        return
      }
      guard let day = Self.day(rule) else { return nil }
      let digits = Array(start.utf8)
      let clock = [9..<11, 11..<13, 13..<15].map { String(decoding: digits[$0], as: UTF8.self) }
      self.rule = day + "/" + clock.joined(separator: ":")
    }

    /// Parses `+0100` or `-023000`.
    private static func seconds(_ text: String) -> Int? {
      let digits = text.utf8.dropFirst()
      guard text.hasPrefix("+") || text.hasPrefix("-"), [4, 6].contains(digits.count),
        let number = Digits.number(digits, in: 0...999_999)
      else { return nil }
      let padded = digits.count == 4 ? number * 100 : number
      let seconds = padded / 10_000 * 3600 + padded / 100 % 100 * 60 + padded % 100
      return text.hasPrefix("-") ? -seconds : seconds
    }

    /// The day of a yearly rule for a weekday of a month, in the form of `TZ`; nil for other rules.
    private static func day(_ rule: String) -> String? {
      var parts: [String: String] = [:]
      for part in rule.uppercased().split(separator: ";") {
        let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
        if let name = pair.first, let value = pair.dropFirst().first { parts[name] = value }
      }
      guard parts["FREQ"] == "YEARLY", parts["UNTIL"] == nil, parts["COUNT"] == nil,
        let month = parts["BYMONTH"].flatMap({ Digits.number($0, in: 1...12) }), var day = parts["BYDAY"],
        let weekday = Weekday(code: day.suffix(2))
      else { return nil }
      day.removeLast(2)
      var week = Digits.number(day, in: -1...5)
      if day.isEmpty, let days = parts["BYMONTHDAY"]?.split(separator: ",") {
        let days = days.map { Digits.number($0, in: 1...31) ?? 0 }
        let start = days.first ?? 0
        guard days == Array(start..<(start + 7)), [1, 8, 15, 22].contains(start) else { return nil }
        week = start / 7 + 1
      }
      guard let week, week != 0 else { return nil }
      return "M\(month).\(week == -1 ? 5 : week).\(weekday.rawValue % 7)"
    }
  }

  init?(_ component: Component) {
    let standard = component.components("STANDARD").prefix(1000).compactMap { Observance($0) }
    let daylight = component.components("DAYLIGHT").prefix(1000).compactMap { Observance($0) }
    guard let standard = standard.max(by: { $0.start < $1.start }) else { return nil }
    let base = "STD" + Self.west(standard.offset)
    let newest = daylight.filter { $0.rule != nil }.max { $0.start < $1.start }
    switch (standard.rule, newest) {
    case (let end?, let summer?):
      guard let begin = summer.rule else { return nil }
      posix = base + "DST" + Self.west(summer.offset) + "," + begin + "," + end
    // Single dates of daylight time are a list that ends.
    case (nil, nil) where daylight.isEmpty: posix = base
    default: return nil
    }
  }

  /// The offset in the form of `TZ`, which counts west of Greenwich.
  private static func west(_ offset: Int) -> String {
    let seconds = offset.magnitude
    return (offset > 0 ? "-" : "") + "\(seconds / 3600):\(seconds / 60 % 60):\(seconds % 60)"
  }
}
