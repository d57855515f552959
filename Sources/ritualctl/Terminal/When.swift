import CivilTime
import Control
import Phrases

/// A moment in words for people: its distance from now, and its time in the user's zone.
struct When {
  private let moment: Moment
  private let now: Instant

  init(_ moment: Moment, now: Instant) {
    self.moment = moment
    self.now = now
  }

  /// `in 2 h 5 min · Fri 19:30`.
  var text: String { relative + " · " + absolute }

  /// `in 2 h 5 min`, `3 days ago`, `now`.
  var relative: String {
    let seconds = now.microseconds(until: moment.instant) / 1_000_000
    let distance = Self.distance(abs(seconds))
    return distance.isEmpty ? "now" : seconds > 0 ? "in \(distance)" : "\(distance) ago"
  }

  /// `19:30` today, `Fri 19:30` within a week, else with the date.
  var absolute: String {
    guard let civil = Self.civil(moment.at) else { return moment.at }
    let clock = English.clock(civil)
    let weekday = civil.date.weekday.abbreviation
    // Today in the moment's zone, whose offset is nearly always the same now.
    let offset = civil.wallMicroseconds - moment.instant.microseconds
    let today = Zone.utc.local(at: now.advanced(byMicroseconds: offset)).civil.date.daysSinceEpoch
    switch civil.date.daysSinceEpoch - today {
    case 0: return clock
    case 1: return "tomorrow \(clock)"
    case -1: return "yesterday \(clock)"
    case -6...6: return "\(weekday) \(clock)"
    default: return "\(weekday) \(civil.date.formatted) \(clock)"
    }
  }

  /// `19:30`, whatever the day.
  var clock: String {
    Self.civil(moment.at).map { English.clock($0) } ?? moment.at
  }

  /// The seconds from now; negative for a moment that is past.
  var seconds: Int64 { now.microseconds(until: moment.instant) / 1_000_000 }

  /// `Wed 25 Nov` for `2026-11-25`, with the year where it is not `year`.
  static func day(_ date: String, in year: String) -> String {
    guard let civil = civil(date + "T00:00:00") else { return date }
    let month = English.shortMonth(civil.date.month)
    let day = "\(civil.date.weekday.abbreviation) \(civil.date.day) \(month)"
    return date.hasPrefix(year) ? day : day + " \(civil.date.year)"
  }

  /// `19:30:05`.
  static func clock(_ moment: Moment) -> String {
    civil(moment.at).map { English.clock($0) + ":" + Digits.padded($0.second, to: 2) } ?? moment.at
  }

  /// The date and time in the moment's zone: the text without its offset.
  private static func civil(_ at: String) -> CivilDateTime? {
    var numbers = [0]
    for byte in at.utf8.prefix(19) {
      guard case UInt8(ascii: "0")...UInt8(ascii: "9") = byte else {
        numbers.append(0)
        continue
      }
      numbers[numbers.count - 1] = numbers[numbers.count - 1] &* 10 &+ Int(byte - UInt8(ascii: "0"))
    }
    guard numbers.count == 6, let date = CivilDate(year: numbers[0], month: numbers[1], day: numbers[2])
    else {
      return nil
    }
    return CivilDateTime(date, hour: numbers[3], minute: numbers[4], second: numbers[5])
  }

  /// The two largest units; nothing for less than a second.
  private static func distance(_ seconds: Int64) -> String {
    switch seconds {
    case 0: ""
    case 1..<60: "\(seconds) s"
    case 60..<3600: "\(seconds / 60) min"
    case 3600..<86_400: "\(seconds / 3600) h" + (seconds % 3600 >= 60 ? " \(seconds % 3600 / 60) min" : "")
    case 86_400..<172_800: "1 day"
    default: "\(seconds / 86_400) days"
    }
  }
}
