// The types of `io.ritual.Control.varlink`, where each field is documented. A choice of the file is a text
// here: a later version may have more words than are listed, and a client that meets one goes on.

/// Stands in a choice of the wire for a word that the daemon itself does not know.
package let unknownWord = "unknown"

package struct RitualInfo: Codable, Hashable, Sendable {
  package var id: String
  package var title: String
  package var message: String?
  package var schedule: [String]
  package var normalized: [String]
  package var timezone: String
  package var urgency: String
  package var missed: String
  package var snooze: [String]
  package var enabled: Bool
  package var next: Moment?
  package var state: String
  package var file: String?
  package var lead: String?
  package var nudge: NudgeInfo
  package var quiet: String
  package var `private`: Bool
  package var deck: String?
  package var guide: String?
  package var reply: String?
  package var takes: String?

  package init(
    id: String, title: String, message: String?, schedule: [String], normalized: [String], timezone: String,
    urgency: String, missed: String, snooze: [String], enabled: Bool, next: Moment?, state: String,
    file: String?, lead: String? = nil, nudge: NudgeInfo = NudgeInfo(every: "15min", times: 0),
    quiet: String = "respect", isPrivate: Bool = false, deck: String? = nil, guide: String? = nil,
    reply: String? = nil, takes: String? = nil
  ) {
    self.id = id
    self.title = title
    self.message = message
    self.schedule = schedule
    self.normalized = normalized
    self.timezone = timezone
    self.urgency = urgency
    self.missed = missed
    self.snooze = snooze
    self.enabled = enabled
    self.next = next
    self.state = state
    self.file = file
    self.lead = lead
    self.nudge = nudge
    self.quiet = quiet
    self.private = isPrivate
    self.deck = deck
    self.guide = guide
    self.reply = reply
    self.takes = takes
  }
}

package struct NudgeInfo: Codable, Hashable, Sendable {
  package var every: String
  package var times: Int

  package init(every: String, times: Int) {
    self.every = every
    self.times = times
  }
}

package struct Coming: Codable, Hashable, Sendable {
  package var ritual: String
  package var title: String
  package var scheduled: Moment
  package var holds: String?

  package init(ritual: String, title: String, scheduled: Moment, holds: String? = nil) {
    self.ritual = ritual
    self.title = title
    self.scheduled = scheduled
    self.holds = holds
  }
}

package struct OpenReminder: Codable, Hashable, Sendable {
  package var ritual: String
  package var title: String
  package var scheduled: Moment
  package var phase: String
  package var until: Moment?
  package var reason: String?

  package init(
    ritual: String, title: String, scheduled: Moment, phase: String, until: Moment?, reason: String? = nil
  ) {
    self.ritual = ritual
    self.title = title
    self.scheduled = scheduled
    self.phase = phase
    self.until = until
    self.reason = reason
  }
}

package struct LogEntry: Codable, Hashable, Sendable {
  package var at: Moment
  package var ritual: String
  package var title: String
  package var scheduled: Moment
  package var what: String
  package var reason: String?
  package var by: String?
  package var until: Moment?
  package var count: Int
  package var word: String?

  package init(
    at: Moment, ritual: String, title: String, scheduled: Moment, what: String, reason: String? = nil,
    by: String? = nil, until: Moment? = nil, count: Int = 1, word: String? = nil
  ) {
    self.at = at
    self.ritual = ritual
    self.title = title
    self.scheduled = scheduled
    self.what = what
    self.reason = reason
    self.by = by
    self.until = until
    self.count = count
    self.word = word
  }
}

package struct ProblemInfo: Codable, Hashable, Sendable {
  package var file: String
  package var line: Int
  package var column: Int
  package var key: String
  package var severity: String
  package var text: String
  package var what: String

  package init(
    file: String, line: Int, column: Int, key: String, severity: String, text: String, what: String
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.key = key
    self.severity = severity
    self.text = text
    self.what = what
  }
}

package struct ServerInfo: Codable, Hashable, Sendable {
  package var name: String
  package var vendor: String
  package var version: String
  package var capabilities: [String]

  package init(name: String, vendor: String, version: String, capabilities: [String]) {
    self.name = name
    self.vendor = vendor
    self.version = version
    self.capabilities = capabilities
  }
}

package struct State: Codable, Hashable, Sendable {
  package var version: String
  package var pid: Int
  package var since: Moment
  package var timezone: String
  package var timezoneFailure: String?
  package var configuration: String
  package var watchFailure: String?
  package var rituals: Int
  package var problems: [ProblemInfo]
  package var journal: String
  package var journalFailure: String?
  package var journalDisplaced: String?
  package var waiting: Int
  package var server: ServerInfo?
  package var serverFailure: String?
  package var next: Coming?
  package var reminders: [OpenReminder]
  package var orders: [OrderInfo]
  package var session: [CircumstanceInfo]
  package var away: [AwayInfo]

  package init(
    version: String, pid: Int, since: Moment, timezone: String, timezoneFailure: String? = nil,
    configuration: String, watchFailure: String? = nil, rituals: Int, problems: [ProblemInfo],
    journal: String, journalFailure: String?, journalDisplaced: String?,
    waiting: Int, server: ServerInfo?, serverFailure: String?, next: Coming?, reminders: [OpenReminder],
    orders: [OrderInfo], session: [CircumstanceInfo], away: [AwayInfo] = []
  ) {
    self.version = version
    self.pid = pid
    self.since = since
    self.timezone = timezone
    self.timezoneFailure = timezoneFailure
    self.configuration = configuration
    self.watchFailure = watchFailure
    self.rituals = rituals
    self.problems = problems
    self.journal = journal
    self.journalFailure = journalFailure
    self.journalDisplaced = journalDisplaced
    self.waiting = waiting
    self.server = server
    self.serverFailure = serverFailure
    self.next = next
    self.reminders = reminders
    self.orders = orders
    self.session = session
    self.away = away
  }
}

package struct AwayInfo: Codable, Hashable, Sendable {
  package var ritual: String
  package var title: String
  package var until: Moment

  package init(ritual: String, title: String, until: Moment) {
    self.ritual = ritual
    self.title = title
    self.until = until
  }
}

package struct OrderInfo: Codable, Hashable, Sendable {
  package var what: String
  package var ritual: String?
  package var since: Moment
  package var until: Moment?

  package init(what: String, ritual: String?, since: Moment, until: Moment?) {
    self.what = what
    self.ritual = ritual
    self.since = since
    self.until = until
  }
}

package struct CircumstanceInfo: Codable, Hashable, Sendable {
  package var name: String
  package var state: String
  package var reason: String?

  package init(name: String, state: String, reason: String?) {
    self.name = name
    self.state = state
    self.reason = reason
  }
}

package struct WhyInfo: Codable, Hashable, Sendable {
  package var ritual: String
  package var title: String
  package var enabled: Bool
  package var next: Moment?
  package var holds: String?
  package var holdsUntil: Moment?
  package var reminder: OpenReminder?
  package var last: [LogEntry]

  package init(
    ritual: String, title: String, enabled: Bool, next: Moment?, holds: String?, holdsUntil: Moment?,
    reminder: OpenReminder?, last: [LogEntry]
  ) {
    self.ritual = ritual
    self.title = title
    self.enabled = enabled
    self.next = next
    self.holds = holds
    self.holdsUntil = holdsUntil
    self.reminder = reminder
    self.last = last
  }
}
