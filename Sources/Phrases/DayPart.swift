/// The parts of the day that plain words name.
enum DayPart: Hashable {
  case morning, noon, afternoon, evening, night, bedtime, midnight

  /// The time of day that a part means where no other is said. This is the only table of them.
  var time: ClockTime {
    switch self {
    case .morning: ClockTime(hour: 8)
    case .noon: ClockTime(hour: 12)
    case .afternoon: ClockTime(hour: 15)
    case .evening: ClockTime(hour: 19)
    case .night: ClockTime(hour: 22)
    case .bedtime: ClockTime(hour: 22, minute: 30)
    case .midnight: ClockTime(hour: 0)
    }
  }

  /// True for a part that is one time of day, such as noon. The others tell which half of the day an hour of
  /// the 12-hour clock is in.
  var isTime: Bool { self == .noon || self == .bedtime || self == .midnight }

  /// The words for a time in this part: `in the morning`.
  var phrase: String {
    switch self {
    case .morning: "in the morning"
    case .afternoon: "in the afternoon"
    case .evening: "in the evening"
    case .night: "at night"
    case .noon: "at noon"
    case .bedtime: "at bedtime"
    case .midnight: "at midnight"
    }
  }

  /// The hour of the 24-hour clock for an hour of the 12-hour clock in this part; nil where it is not clear,
  /// such as 12 in the morning.
  func hour(of hour: Int) -> Int? {
    switch (self, hour) {
    case (.morning, 1...11), (.afternoon, 12): hour
    case (.afternoon, 1...6), (.evening, 4...11), (.night, 6...11): hour + 12
    default: nil
    }
  }

  /// True if an hour of the 24-hour clock is in this part.
  func contains(_ hour: Int) -> Bool {
    switch self {
    case .morning: hour < 12
    case .afternoon: (12...18).contains(hour)
    case .evening: hour >= 16
    case .night: hour >= 18 || hour < 6
    case .noon, .bedtime, .midnight: hour == time.hour
    }
  }
}
