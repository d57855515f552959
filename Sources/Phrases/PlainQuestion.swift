/// A part of the words that is open, so that the user has to say it.
enum PlainQuestion: Hashable {
  case time, date, length

  /// The missing part, as a clause.
  var reason: String {
    switch self {
    case .time: "the time of day is not clear"
    case .date: "the date is not clear"
    case .length: "the length of time is not clear"
    }
  }

  var accepted: String {
    switch self {
    case .time: "a time of day, such as \"12:30\", \"9 pm\" or \"bedtime\""
    case .date: "a date, such as \"24 december\" or \"2026-12-24\""
    case .length: "a length of time, such as \"20 minutes\", \"an hour and a half\" or \"3 days\""
    }
  }
}
