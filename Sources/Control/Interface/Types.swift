// Follows io.ritual.Control.varlink: change that, then run `make interface`.

/// An instant.
package struct Moment: Codable, Hashable, Sendable {
  /// RFC 3339 text with the offset of the user's time zone.
  package var at: String
  /// Seconds since 1970-01-01T00:00:00Z.
  package var unix: Double

  package init(at: String, unix: Double) {
    self.at = at
    self.unix = unix
  }
}

/// A ritual. Keys that its file leaves out have their default values here.
package struct Ritual: Codable, Hashable, Sendable {
  package var id: String
  package var title: String
  package var message: String?
  /// The schedule as the user wrote it.
  package var schedule: [String]
  /// The same schedule in normal form.
  package var normalized: [String]
  /// An IANA name, or "local" for the time zone of the machine.
  package var timezone: String
  package var urgency: Urgency
  /// The longest delay at which a missed reminder is still shown: a time span, "never" or "always".
  package var missed: String
  /// The snooze lengths that the notification offers as buttons.
  package var snooze: [String]
  package var enabled: Bool
  /// The next occurrence; null if the ritual is disabled or has no further occurrence.
  package var next: Moment?
  /// The phase of the open reminder. Without an open reminder: scheduled, disabled or paused.
  package var state: State
  /// The path of the file that defines the ritual.
  package var file: String?
  /// The time before the occurrence at which the user is told of it in advance.
  package var lead: String?
  package var nudge: Nudge
  /// The effect of quiet times: they hold the reminder back, or are ignored.
  package var quiet: Quiet
  /// True if the title and the message are hidden on a locked screen.
  package var `private`: Bool
  /// The name of the deck that the reminder's prompt is drawn from.
  package var deck: String?
  /// The name of the guide that the reminder offers.
  package var guide: String?
  /// The kind of note that a typed answer becomes.
  package var reply: String?
  /// The duration of the ritual.
  package var takes: String?

  package init(
    id: String, title: String, message: String? = nil, schedule: [String], normalized: [String],
    timezone: String, urgency: Urgency, missed: String, snooze: [String], enabled: Bool, next: Moment? = nil,
    state: State, file: String? = nil, lead: String? = nil, nudge: Nudge, quiet: Quiet, private: Bool,
    deck: String? = nil, guide: String? = nil, reply: String? = nil, takes: String? = nil
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
    self.private = `private`
    self.deck = deck
    self.guide = guide
    self.reply = reply
    self.takes = takes
  }

  /// A value of `urgency`.
  package enum Urgency: Choice {
    case low, normal, critical
    /// A word of a later version.
    case other(String)

    package init(rawValue: String) {
      switch rawValue {
      case "low": self = .low
      case "normal": self = .normal
      case "critical": self = .critical
      default: self = .other(rawValue)
      }
    }

    package var rawValue: String {
      switch self {
      case .low: "low"
      case .normal: "normal"
      case .critical: "critical"
      case .other(let word): word
      }
    }
  }

  /// A value of `state`.
  package enum State: Choice {
    case scheduled, disabled, paused, due, held, shown, closed, snoozed
    /// A word of a later version.
    case other(String)

    package init(rawValue: String) {
      switch rawValue {
      case "scheduled": self = .scheduled
      case "disabled": self = .disabled
      case "paused": self = .paused
      case "due": self = .due
      case "held": self = .held
      case "shown": self = .shown
      case "closed": self = .closed
      case "snoozed": self = .snoozed
      default: self = .other(rawValue)
      }
    }

    package var rawValue: String {
      switch self {
      case .scheduled: "scheduled"
      case .disabled: "disabled"
      case .paused: "paused"
      case .due: "due"
      case .held: "held"
      case .shown: "shown"
      case .closed: "closed"
      case .snoozed: "snoozed"
      case .other(let word): word
      }
    }
  }

  /// A value of `quiet`.
  package enum Quiet: Choice {
    case respect, ignore
    /// A word of a later version.
    case other(String)

    package init(rawValue: String) {
      switch rawValue {
      case "respect": self = .respect
      case "ignore": self = .ignore
      default: self = .other(rawValue)
      }
    }

    package var rawValue: String {
      switch self {
      case .respect: "respect"
      case .ignore: "ignore"
      case .other(let word): word
      }
    }
  }
}

/// Repetitions of a reminder that is not answered.
package struct Nudge: Codable, Hashable, Sendable {
  /// The time span between two of them.
  package var every: String
  /// The number of them; 0 for none.
  package var times: Int

  package init(every: String, times: Int) {
    self.every = every
    self.times = times
  }
}

/// An occurrence in the future.
package struct Coming: Codable, Hashable, Sendable {
  package var ritual: String
  package var title: String
  package var scheduled: Moment
  /// The reason that will hold the reminder back at that time, as far as the daemon knows: paused or
  /// quiet-hours.
  package var holds: String?

  package init(ritual: String, title: String, scheduled: Moment, holds: String? = nil) {
    self.ritual = ritual
    self.title = title
    self.scheduled = scheduled
    self.holds = holds
  }
}

/// A day in the user's time zone.
package struct Day: Codable, Hashable, Sendable {
  /// The date, as in 2026-11-27.
  package var date: String
  /// The events of the day so far.
  package var entries: [Entry]
  /// The open reminders; empty for a day in the future.
  package var reminders: [Reminder]
  package var coming: [Coming]

  package init(date: String, entries: [Entry], reminders: [Reminder], coming: [Coming]) {
    self.date = date
    self.entries = entries
    self.reminders = reminders
    self.coming = coming
  }
}

/// A reminder that the user has not answered.
package struct Reminder: Codable, Hashable, Sendable {
  package var ritual: String
  package var title: String
  package var scheduled: Moment
  package var phase: Phase
  /// The end of the hold or of the snooze, if it is known.
  package var until: Moment?
  /// The reason that holds the reminder back: paused, timeout, quiet-hours, locked, do-not-disturb, idle or
  /// screen-shared.
  package var reason: String?

  package init(
    ritual: String, title: String, scheduled: Moment, phase: Phase, until: Moment? = nil,
    reason: String? = nil
  ) {
    self.ritual = ritual
    self.title = title
    self.scheduled = scheduled
    self.phase = phase
    self.until = until
    self.reason = reason
  }

  /// A value of `phase`.
  package enum Phase: Choice {
    /// On its way to the screen, or waiting for a notification server.
    case due
    /// Held back for 'reason'.
    case held
    /// On the screen.
    case shown
    /// No longer on the screen. The user can still answer it.
    case closed
    /// Shown again at 'until'.
    case snoozed
    /// A word of a later version.
    case other(String)

    package init(rawValue: String) {
      switch rawValue {
      case "due": self = .due
      case "held": self = .held
      case "shown": self = .shown
      case "closed": self = .closed
      case "snoozed": self = .snoozed
      default: self = .other(rawValue)
      }
    }

    package var rawValue: String {
      switch self {
      case .due: "due"
      case .held: "held"
      case .shown: "shown"
      case .closed: "closed"
      case .snoozed: "snoozed"
      case .other(let word): word
      }
    }
  }
}

/// An order of the user that is in force.
package struct Order: Codable, Hashable, Sendable {
  package var what: What
  /// The ritual that the order is about; null for all rituals.
  package var ritual: String?
  package var since: Moment
  /// Null for an order without an end. A timeout whose end is past waits for both partners to be ready.
  package var until: Moment?

  package init(what: What, ritual: String? = nil, since: Moment, until: Moment? = nil) {
    self.what = what
    self.ritual = ritual
    self.since = since
    self.until = until
  }

  /// A value of `what`.
  package enum What: Choice {
    case paused, discreet, timeout
    /// A word of a later version.
    case other(String)

    package init(rawValue: String) {
      switch rawValue {
      case "paused": self = .paused
      case "discreet": self = .discreet
      case "timeout": self = .timeout
      default: self = .other(rawValue)
      }
    }

    package var rawValue: String {
      switch self {
      case .paused: "paused"
      case .discreet: "discreet"
      case .timeout: "timeout"
      case .other(let word): word
      }
    }
  }
}

/// A fact about the user's session.
package struct Circumstance: Codable, Hashable, Sendable {
  /// One of locked, do-not-disturb, idle and screen-shared.
  package var name: String
  package var state: State
  /// The reason why the state is unknown, or the sign that the daemon concluded it from.
  package var reason: String?

  package init(name: String, state: State, reason: String? = nil) {
    self.name = name
    self.state = state
    self.reason = reason
  }

  /// A value of `state`.
  package enum State: Choice {
    case yes, no, unknown
    /// A word of a later version.
    case other(String)

    package init(rawValue: String) {
      switch rawValue {
      case "yes": self = .yes
      case "no": self = .no
      case "unknown": self = .unknown
      default: self = .other(rawValue)
      }
    }

    package var rawValue: String {
      switch self {
      case .yes: "yes"
      case .no: "no"
      case .unknown: "unknown"
      case .other(let word): word
      }
    }
  }
}

/// The reason why the daemon shows a reminder of a ritual, or does not.
package struct Explanation: Codable, Hashable, Sendable {
  package var ritual: String
  package var title: String
  package var enabled: Bool
  /// The next occurrence; null if the ritual is disabled or has no further occurrence.
  package var next: Moment?
  /// The reason that would hold back a reminder that was due now. "away" if no file defines the ritual.
  package var holds: String?
  /// The end of that hold, if it is known.
  package var holdsUntil: Moment?
  /// The open reminder.
  package var reminder: Reminder?
  /// All entries of the last occurrence.
  package var last: [Entry]

  package init(
    ritual: String, title: String, enabled: Bool, next: Moment? = nil, holds: String? = nil,
    holdsUntil: Moment? = nil, reminder: Reminder? = nil, last: [Entry]
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

/// An entry of the log. Each occurrence ends with exactly one of done, skipped, missed and expired.
package struct Entry: Codable, Hashable, Sendable {
  package var at: Moment
  package var ritual: String
  package var title: String
  /// The occurrence that the entry is about.
  package var scheduled: Moment
  package var what: What
  /// The reason why the reminder was undelivered, held, closed, missed or expired. May be a word that the
  /// daemon does not know.
  package var reason: String?
  /// The source of the answer: "notification", "command" or "calendar" (another person or device).
  /// "pause" or "timeout" if the occurrence was skipped because of one. May be a word that the daemon does
  /// not know.
  package var by: String?
  /// The end of the snooze.
  package var until: Moment?
  /// The number of occurrences that the entry stands for. For 'nudged': the number of the nudge, from 1.
  package var count: Int
  /// The recorded word, if 'what' is unknown.
  package var word: String?

  package init(
    at: Moment, ritual: String, title: String, scheduled: Moment, what: What, reason: String? = nil,
    by: String? = nil, until: Moment? = nil, count: Int, word: String? = nil
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

  /// A value of `what`.
  package enum What: Choice {
    case due
    case held
    case shown
    case undelivered
    case nudged
    case closed
    case snoozed
    case done
    case skipped
    case missed
    case expired
    /// Recorded by another version, with a word that this daemon does not know. The word is in 'word'.
    case unknown
    /// A word of a later version.
    case other(String)

    package init(rawValue: String) {
      switch rawValue {
      case "due": self = .due
      case "held": self = .held
      case "shown": self = .shown
      case "undelivered": self = .undelivered
      case "nudged": self = .nudged
      case "closed": self = .closed
      case "snoozed": self = .snoozed
      case "done": self = .done
      case "skipped": self = .skipped
      case "missed": self = .missed
      case "expired": self = .expired
      case "unknown": self = .unknown
      default: self = .other(rawValue)
      }
    }

    package var rawValue: String {
      switch self {
      case .due: "due"
      case .held: "held"
      case .shown: "shown"
      case .undelivered: "undelivered"
      case .nudged: "nudged"
      case .closed: "closed"
      case .snoozed: "snoozed"
      case .done: "done"
      case .skipped: "skipped"
      case .missed: "missed"
      case .expired: "expired"
      case .unknown: "unknown"
      case .other(let word): word
      }
    }
  }
}

/// A mistake in a configuration file.
package struct Problem: Codable, Hashable, Sendable {
  package var file: String
  /// From 1; 0 if the mistake is not in a line.
  package var line: Int
  /// From 1; 0 if the mistake is not at a character.
  package var column: Int
  package var key: String
  package var severity: Severity
  /// The whole message, with the line of the file and a caret.
  package var text: String
  /// The message alone: what is wrong, what is accepted, and what the user may have meant.
  package var what: String

  package init(
    file: String, line: Int, column: Int, key: String, severity: Severity, text: String, what: String
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.key = key
    self.severity = severity
    self.text = text
    self.what = what
  }

  /// A value of `severity`.
  package enum Severity: Choice {
    case error, warning
    /// A word of a later version.
    case other(String)

    package init(rawValue: String) {
      switch rawValue {
      case "error": self = .error
      case "warning": self = .warning
      default: self = .other(rawValue)
      }
    }

    package var rawValue: String {
      switch self {
      case .error: "error"
      case .warning: "warning"
      case .other(let word): word
      }
    }
  }
}

/// An entry of the private journal.
package struct Note: Codable, Hashable, Sendable {
  /// The number that Forget takes; null while the note is in memory only, because the disk does not accept
  /// it.
  package var id: Int?
  package var at: Moment
  package var kind: Kind
  /// May have several lines; empty for a moment without words.
  package var text: String
  /// The ritual that the note was written for.
  package var ritual: String?
  /// The guide that the note was written in.
  package var guide: String?
  /// The recorded word, if 'kind' is unknown.
  package var word: String?
  /// The length of the whole text in bytes, if 'text' is only its beginning; NoteText returns the rest.
  /// Only an earlier version accepted notes of such a length.
  package var length: Int?

  package init(
    id: Int? = nil, at: Moment, kind: Kind, text: String, ritual: String? = nil, guide: String? = nil,
    word: String? = nil, length: Int? = nil
  ) {
    self.id = id
    self.at = at
    self.kind = kind
    self.text = text
    self.ritual = ritual
    self.guide = guide
    self.word = word
    self.length = length
  }

  /// A value of `kind`.
  package enum Kind: Choice {
    case appreciation
    /// A warm moment.
    case warm
    /// A hard moment.
    case hard
    /// A text for a ritual, or from a guide.
    case note
    /// A kind that this daemon does not know. The journal's word for it is in 'word'.
    case unknown
    /// A word of a later version.
    case other(String)

    package init(rawValue: String) {
      switch rawValue {
      case "appreciation": self = .appreciation
      case "warm": self = .warm
      case "hard": self = .hard
      case "note": self = .note
      case "unknown": self = .unknown
      default: self = .other(rawValue)
      }
    }

    package var rawValue: String {
      switch self {
      case .appreciation: "appreciation"
      case .warm: "warm"
      case .hard: "hard"
      case .note: "note"
      case .unknown: "unknown"
      case .other(let word): word
      }
    }
  }
}

/// A new value for a key of a ritual.
package struct Change: Codable, Hashable, Sendable {
  /// The key as in the file, or 'nudge.every' or 'nudge.times' for a part of 'nudge'.
  package var key: String
  /// The value in the user's words; several values for a list, none to remove the key from the file. A
  /// schedule may be in plain words. A time span is as in systemd ("30m"), a date as in TOML, a truth value
  /// "yes" or "no". 'nudge' is "2 times every 15m" or "off".
  package var values: [String]

  package init(key: String, values: [String]) {
    self.key = key
    self.values = values
  }
}

/// The effect of a change.
package struct Changed: Codable, Hashable, Sendable {
  package var ritual: String
  package var title: String
  /// The keys with a new value; empty if there was nothing to change.
  package var keys: [String]
  package var file: String
  package var next: Moment?

  package init(ritual: String, title: String, keys: [String], file: String, next: Moment? = nil) {
    self.ritual = ritual
    self.title = title
    self.keys = keys
    self.file = file
    self.next = next
  }
}

/// A ritual that was added.
package struct Added: Codable, Hashable, Sendable {
  package var id: String
  package var file: String
  package var next: Moment?

  package init(id: String, file: String, next: Moment? = nil) {
    self.id = id
    self.file = file
    self.next = next
  }
}

/// A prompt of a deck.
package struct Prompt: Codable, Hashable, Sendable {
  package var id: String
  package var text: String
  /// From 1, light, to 3, deep.
  package var depth: Int?
  package var tags: [String]

  package init(id: String, text: String, depth: Int? = nil, tags: [String]) {
    self.id = id
    self.text = text
    self.depth = depth
    self.tags = tags
  }
}

/// A report on several weeks, each from Monday to Sunday. Dates are as in 2026-11-27.
package struct Summary: Codable, Hashable, Sendable {
  /// The Monday of the first week.
  package var first: String
  /// The present day, which is in the last week.
  package var today: String
  package var weeks: [SummaryWeek]
  /// The rituals that were done.
  package var rituals: [SummaryRitual]
  /// The last five appreciations of these weeks, newest first; empty in a discreet report.
  package var appreciations: [Note]

  package init(
    first: String, today: String, weeks: [SummaryWeek], rituals: [SummaryRitual], appreciations: [Note]
  ) {
    self.first = first
    self.today = today
    self.weeks = weeks
    self.rituals = rituals
    self.appreciations = appreciations
  }
}

/// A week of a report.
package struct SummaryWeek: Codable, Hashable, Sendable {
  package var monday: String
  /// The number of times that a ritual was done.
  package var done: Int
  /// The minutes that these rituals took.
  package var minutes: Double
  /// The number of warm moments and appreciations.
  package var warm: Int
  /// The number of hard moments.
  package var hard: Int

  package init(monday: String, done: Int, minutes: Double, warm: Int, hard: Int) {
    self.monday = monday
    self.done = done
    self.minutes = minutes
    self.warm = warm
    self.hard = hard
  }
}

/// A ritual of a report.
package struct SummaryRitual: Codable, Hashable, Sendable {
  package var ritual: String
  package var title: String
  /// The minutes that the ritual takes once.
  package var minutes: Double
  /// The days on which the ritual was done.
  package var days: [SummaryDay]

  package init(ritual: String, title: String, minutes: Double, days: [SummaryDay]) {
    self.ritual = ritual
    self.title = title
    self.minutes = minutes
    self.days = days
  }
}

/// A day of a ritual in a report.
package struct SummaryDay: Codable, Hashable, Sendable {
  package var date: String
  /// The number of times that the ritual was done.
  package var done: Int

  package init(date: String, done: Int) {
    self.date = date
    self.done = done
  }
}

/// A ritual that is no longer in a file or a calendar, but was not removed by a command. An editor or 'git
/// checkout' may have taken it away for a moment. When it is back, its reminder, its snooze and its pause
/// continue.
package struct Away: Codable, Hashable, Sendable {
  package var ritual: String
  package var title: String
  /// When the daemon ends the ritual's reminder, snooze and pause.
  package var until: Moment

  package init(ritual: String, title: String, until: Moment) {
    self.ritual = ritual
    self.title = title
    self.until = until
  }
}

/// The program that shows notifications.
package struct Server: Codable, Hashable, Sendable {
  package var name: String
  package var vendor: String
  package var version: String
  package var capabilities: [String]
  /// A remark on how it shows them: a clause for people.
  package var remark: String?

  package init(name: String, vendor: String, version: String, capabilities: [String], remark: String? = nil) {
    self.name = name
    self.vendor = vendor
    self.version = version
    self.capabilities = capabilities
    self.remark = remark
  }
}

/// The state of the daemon.
package struct State: Codable, Hashable, Sendable {
  /// The version of rituald.
  package var version: String
  /// The process id of rituald.
  package var pid: Int
  /// The start of rituald.
  package var since: Moment
  /// The reason why rituald does not go on with the program that replaced its file.
  package var renewalFailure: String?
  package var timezone: String
  /// The reason why the machine's time zone cannot be read, and the zone that the daemon uses instead.
  package var timezoneFailure: String?
  /// The folder of the configuration files.
  package var configuration: String
  /// The reason why the daemon is not notified of changed files. It looks at them every minute instead.
  package var watchFailure: String?
  /// The number of rituals.
  package var rituals: Int
  package var problems: [Problem]
  /// The path of the journal.
  package var journal: String
  /// The reason why new entries are in memory only.
  package var journalFailure: String?
  /// The file that the daemon found in the journal's place since its start and moved away, and its present
  /// path.
  package var journalDisplaced: String?
  /// The number of changes that are in memory only.
  package var waiting: Int
  /// The notification server; null if there is none.
  package var server: Server?
  /// The reason why there is no notification server.
  package var serverFailure: String?
  /// The next occurrence of any ritual.
  package var next: Coming?
  package var reminders: [Reminder]
  package var orders: [Order]
  package var session: [Circumstance]
  package var away: [Away]

  package init(
    version: String, pid: Int, since: Moment, renewalFailure: String? = nil, timezone: String,
    timezoneFailure: String? = nil, configuration: String, watchFailure: String? = nil, rituals: Int,
    problems: [Problem], journal: String, journalFailure: String? = nil, journalDisplaced: String? = nil,
    waiting: Int, server: Server? = nil, serverFailure: String? = nil, next: Coming? = nil,
    reminders: [Reminder], orders: [Order], session: [Circumstance], away: [Away]
  ) {
    self.version = version
    self.pid = pid
    self.since = since
    self.renewalFailure = renewalFailure
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
