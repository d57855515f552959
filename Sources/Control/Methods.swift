// The methods of `io.ritual.Control.varlink`: the types of their parameters and replies.

package enum Method {
  package static let interface = "io.ritual.Control"

  /// The full name of a method.
  package static func name(_ method: String) -> String { interface + "." + method }
}

package struct StatusReply: Codable, Hashable, Sendable {
  package var state: State
  package init(state: State) { self.state = state }
}

package struct ListReply: Codable, Hashable, Sendable {
  package var rituals: [RitualInfo]
  package init(rituals: [RitualInfo]) { self.rituals = rituals }
}

package struct NextRequest: Codable, Hashable, Sendable {
  package var count: Int
  package init(count: Int) { self.count = count }
}

package struct NextReply: Codable, Hashable, Sendable {
  package var coming: [Coming]
  package init(coming: [Coming]) { self.coming = coming }
}

package struct TodayReply: Codable, Hashable, Sendable {
  package var date: String
  package var entries: [LogEntry]
  package var reminders: [OpenReminder]
  package var coming: [Coming]

  package init(date: String, entries: [LogEntry], reminders: [OpenReminder], coming: [Coming]) {
    self.date = date
    self.entries = entries
    self.reminders = reminders
    self.coming = coming
  }
}

package struct WeekRequest: Codable, Hashable, Sendable {
  package var days: Int
  package init(days: Int) { self.days = days }
}

package struct WeekReply: Codable, Hashable, Sendable {
  package var days: [Day]
  package init(days: [Day]) { self.days = days }
}

package struct Day: Codable, Hashable, Sendable {
  package var date: String
  package var entries: [LogEntry]
  package var reminders: [OpenReminder]
  package var coming: [Coming]

  package init(date: String, entries: [LogEntry], reminders: [OpenReminder], coming: [Coming]) {
    self.date = date
    self.entries = entries
    self.reminders = reminders
    self.coming = coming
  }
}

package struct ShowReply: Codable, Hashable, Sendable {
  package var ritual: RitualInfo
  package var words: String
  package var coming: [Coming]
  package var why: WhyInfo

  package init(ritual: RitualInfo, words: String, coming: [Coming], why: WhyInfo) {
    self.ritual = ritual
    self.words = words
    self.coming = coming
    self.why = why
  }
}

/// The parameters of `Remove`, `Test`, `Why`, `Source` and `Show`.
package struct RitualRequest: Codable, Hashable, Sendable {
  package var ritual: String
  package init(ritual: String) { self.ritual = ritual }
}

/// The parameters of `Done` and `Skip`.
package struct AnswerRequest: Codable, Hashable, Sendable {
  package var ritual: String?
  package init(ritual: String?) { self.ritual = ritual }
}

package struct AnswerReply: Codable, Hashable, Sendable {
  package var ritual: String
  package var title: String

  package init(ritual: String, title: String) {
    self.ritual = ritual
    self.title = title
  }
}

package struct SnoozeRequest: Codable, Hashable, Sendable {
  package var ritual: String?
  package var until: String?

  package init(ritual: String?, until: String?) {
    self.ritual = ritual
    self.until = until
  }
}

package struct SnoozeReply: Codable, Hashable, Sendable {
  package var ritual: String
  package var title: String
  package var until: Moment
  /// The ritual's own next occurrence, where that comes by `until` and takes the reminder's place.
  package var next: Moment?
  /// The reason why it will be held then, as far as the daemon knows, and the end of that.
  package var holds: String?
  package var holdsUntil: Moment?

  package init(
    ritual: String, title: String, until: Moment, next: Moment? = nil, holds: String? = nil,
    holdsUntil: Moment? = nil
  ) {
    self.ritual = ritual
    self.title = title
    self.until = until
    self.next = next
    self.holds = holds
    self.holdsUntil = holdsUntil
  }
}

package struct PauseRequest: Codable, Hashable, Sendable {
  package var rituals: [String]
  package var until: String?

  package init(rituals: [String], until: String?) {
    self.rituals = rituals
    self.until = until
  }
}

package struct PauseReply: Codable, Hashable, Sendable {
  package var until: Moment?
  package init(until: Moment?) { self.until = until }
}

package struct ResumeRequest: Codable, Hashable, Sendable {
  package var rituals: [String]
  package init(rituals: [String]) { self.rituals = rituals }
}

package struct ResumeReply: Codable, Hashable, Sendable {
  package var orders: [OrderInfo]
  package init(orders: [OrderInfo]) { self.orders = orders }
}

package struct TimeoutRequest: Codable, Hashable, Sendable {
  package var length: String?
  package init(length: String?) { self.length = length }
}

package struct TimeoutReply: Codable, Hashable, Sendable {
  package var until: Moment
  package var soothing: String?

  package init(until: Moment, soothing: String?) {
    self.until = until
    self.soothing = soothing
  }
}

package struct DiscreetRequest: Codable, Hashable, Sendable {
  package var on: Bool
  package init(on: Bool) { self.on = on }
}

package struct WhyReply: Codable, Hashable, Sendable {
  package var why: WhyInfo
  package init(why: WhyInfo) { self.why = why }
}

package struct News: Codable, Hashable, Sendable {
  package var entry: LogEntry?
  package var rituals: Int?
  package var problems: Int?
  /// A notification server's name; empty when it went.
  package var server: String?
  package var orders: [OrderInfo]?

  package init(
    entry: LogEntry? = nil, rituals: Int? = nil, problems: Int? = nil, server: String? = nil,
    orders: [OrderInfo]? = nil
  ) {
    self.orders = orders
    self.entry = entry
    self.rituals = rituals
    self.problems = problems
    self.server = server
  }
}

package struct LogRequest: Codable, Hashable, Sendable {
  package var ritual: String?
  package var since: String?
  package var limit: Int?
  package var before: Int64?

  package init(ritual: String? = nil, since: String? = nil, limit: Int? = nil, before: Int64? = nil) {
    self.ritual = ritual
    self.since = since
    self.limit = limit
    self.before = before
  }
}

package struct LogReply: Codable, Hashable, Sendable {
  package var entries: [LogEntry]
  package var before: Int64?

  package init(entries: [LogEntry], before: Int64? = nil) {
    self.entries = entries
    self.before = before
  }
}

package struct ReloadReply: Codable, Hashable, Sendable {
  package var rituals: Int
  package var problems: [ProblemInfo]

  package init(rituals: Int, problems: [ProblemInfo]) {
    self.rituals = rituals
    self.problems = problems
  }
}
