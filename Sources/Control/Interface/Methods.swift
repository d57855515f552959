// Follows io.ritual.Control.varlink: change that, then run `make interface`.

package import Varlink

/// Returns the state of the daemon.
package struct StatusRequest: EmptyVarlinkRequest {
  package typealias Reply = StatusReply
  package static let method = "io.ritual.Control.Status"

  package init() {}
}

/// The reply to `StatusRequest`.
package struct StatusReply: Codable, Hashable, Sendable {
  package var state: State

  package init(state: State) {
    self.state = state
  }
}

/// Returns all rituals, in the order of the files.
package struct ListRequest: EmptyVarlinkRequest {
  package typealias Reply = ListReply
  package static let method = "io.ritual.Control.List"

  package init() {}
}

/// The reply to `ListRequest`.
package struct ListReply: Codable, Hashable, Sendable {
  package var rituals: [Ritual]

  package init(rituals: [Ritual]) {
    self.rituals = rituals
  }
}

/// Returns the next occurrences of all rituals, soonest first.
package struct NextRequest: VarlinkRequest {
  package typealias Reply = NextReply
  package static let method = "io.ritual.Control.Next"

  /// From 1 to 1000.
  package var count: Int

  package init(count: Int) {
    self.count = count
  }
}

/// The reply to `NextRequest`.
package struct NextReply: Codable, Hashable, Sendable {
  package var coming: [Coming]

  package init(coming: [Coming]) {
    self.coming = coming
  }
}

/// Returns the present day in the user's time zone.
package struct TodayRequest: EmptyVarlinkRequest {
  package typealias Reply = TodayReply
  package static let method = "io.ritual.Control.Today"

  package init() {}
}

/// The reply to `TodayRequest`.
package struct TodayReply: Codable, Hashable, Sendable {
  /// The date, as in 2026-11-27.
  package var date: String
  package var entries: [Entry]
  package var reminders: [Reminder]
  package var coming: [Coming]

  package init(date: String, entries: [Entry], reminders: [Reminder], coming: [Coming]) {
    self.date = date
    self.entries = entries
    self.reminders = reminders
    self.coming = coming
  }
}

/// Returns the present day and the days after it.
package struct WeekRequest: VarlinkRequest {
  package typealias Reply = WeekReply
  package static let method = "io.ritual.Control.Week"

  /// From 1 to 31.
  package var days: Int

  package init(days: Int) {
    self.days = days
  }
}

/// The reply to `WeekRequest`.
package struct WeekReply: Codable, Hashable, Sendable {
  package var days: [Day]

  package init(days: [Day]) {
    self.days = days
  }
}

/// Returns everything about a ritual.
package struct ShowRequest: VarlinkRequest {
  package typealias Reply = ShowReply
  package static let method = "io.ritual.Control.Show"

  package var ritual: String

  package init(ritual: String) {
    self.ritual = ritual
  }
}

/// The reply to `ShowRequest`.
package struct ShowReply: Codable, Hashable, Sendable {
  package var ritual: Ritual
  /// The schedule in English.
  package var words: String
  /// The next five occurrences.
  package var coming: [Coming]
  package var why: Explanation

  package init(ritual: Ritual, words: String, coming: [Coming], why: Explanation) {
    self.ritual = ritual
    self.words = words
    self.coming = coming
    self.why = why
  }
}

/// Adds a ritual, in a file of its own.
package struct AddRequest: VarlinkRequest {
  package typealias Reply = AddReply
  package static let method = "io.ritual.Control.Add"

  package var title: String
  package var schedule: [String]
  /// Without an id, the daemon makes one from the title.
  package var id: String?
  package var message: String?
  package var timezone: String?
  package var urgency: String?
  /// The other keys of the ritual.
  package var more: [Change]?

  package init(
    title: String, schedule: [String], id: String? = nil, message: String? = nil, timezone: String? = nil,
    urgency: String? = nil, more: [Change]? = nil
  ) {
    self.title = title
    self.schedule = schedule
    self.id = id
    self.message = message
    self.timezone = timezone
    self.urgency = urgency
    self.more = more
  }
}

/// The reply to `AddRequest`.
package struct AddReply: Codable, Hashable, Sendable {
  package var id: String
  package var file: String
  package var next: Moment?

  package init(id: String, file: String, next: Moment? = nil) {
    self.id = id
    self.file = file
    self.next = next
  }
}

/// Adds the rituals of a preset, each in a file of its own. Rituals that exist already stay as they are.
package struct AddPresetRequest: VarlinkRequest {
  package typealias Reply = AddPresetReply
  package static let method = "io.ritual.Control.AddPreset"

  /// The name of a preset, or of one ritual of a preset.
  package var preset: String

  package init(preset: String) {
    self.preset = preset
  }
}

/// The reply to `AddPresetRequest`.
package struct AddPresetReply: Codable, Hashable, Sendable {
  package var added: [Added]
  /// The ids of the rituals that existed already.
  package var present: [String]

  package init(added: [Added], present: [String]) {
    self.added = added
    self.present = present
  }
}

/// Removes a ritual from its file, and the file if nothing else is in it. The log keeps what happened. The
/// reminder of a ritual that is away ends.
package struct RemoveRequest: VarlinkRequest {
  package typealias Reply = RemoveReply
  package static let method = "io.ritual.Control.Remove"

  package var ritual: String

  package init(ritual: String) {
    self.ritual = ritual
  }
}

/// The reply to `RemoveRequest`.
package struct RemoveReply: Codable, Hashable, Sendable {
  /// The path of the file; empty for a ritual that was away.
  package var file: String

  package init(file: String) {
    self.file = file
  }
}

/// Changes keys of a ritual in its file: either all of them or none. Every other byte of the file stays as
/// it is. The daemon refuses changes that would add a mistake to the configuration.
package struct SetRequest: VarlinkRequest {
  package typealias Reply = SetReply
  package static let method = "io.ritual.Control.Set"

  package var ritual: String
  package var changes: [Change]

  package init(ritual: String, changes: [Change]) {
    self.ritual = ritual
    self.changes = changes
  }
}

/// The reply to `SetRequest`.
package struct SetReply: Codable, Hashable, Sendable {
  package var changed: Changed

  package init(changed: Changed) {
    self.changed = changed
  }
}

/// Enables or disables rituals. If one of them does not exist, the daemon changes none.
package struct EnableRequest: VarlinkRequest {
  package typealias Reply = EnableReply
  package static let method = "io.ritual.Control.Enable"

  package var rituals: [String]
  package var on: Bool

  package init(rituals: [String], on: Bool) {
    self.rituals = rituals
    self.on = on
  }
}

/// The reply to `EnableRequest`.
package struct EnableReply: Codable, Hashable, Sendable {
  package var changed: [Changed]

  package init(changed: [Changed]) {
    self.changed = changed
  }
}

/// Returns the file that defines a ritual, for an editor.
package struct SourceRequest: VarlinkRequest {
  package typealias Reply = SourceReply
  package static let method = "io.ritual.Control.Source"

  package var ritual: String

  package init(ritual: String) {
    self.ritual = ritual
  }
}

/// The reply to `SourceRequest`.
package struct SourceReply: Codable, Hashable, Sendable {
  package var file: String
  /// The content of the file.
  package var text: String
  /// The line at which the ritual begins, from 1.
  package var line: Int
  /// The revision that Rewrite compares.
  package var revision: String

  package init(file: String, text: String, line: Int, revision: String) {
    self.file = file
    self.text = text
    self.line = line
    self.revision = revision
  }
}

/// Replaces the content of a file. The daemon refuses it if the file no longer has this revision, or if the
/// new text would add a mistake to the configuration.
package struct RewriteRequest: VarlinkRequest {
  package typealias Reply = RewriteReply
  package static let method = "io.ritual.Control.Rewrite"

  package var file: String
  package var text: String
  package var revision: String

  package init(file: String, text: String, revision: String) {
    self.file = file
    self.text = text
    self.revision = revision
  }
}

/// The reply to `RewriteRequest`.
package struct RewriteReply: Codable, Hashable, Sendable {
  /// True if the new text differs from the old one.
  package var changed: Bool
  /// The present number of rituals.
  package var rituals: Int
  /// The mistakes of the configuration.
  package var problems: [Problem]

  package init(changed: Bool, rituals: Int, problems: [Problem]) {
    self.changed = changed
    self.rituals = rituals
    self.problems = problems
  }
}

/// Answers a reminder: the ritual is done.
package struct DoneRequest: VarlinkRequest {
  package typealias Reply = DoneReply
  package static let method = "io.ritual.Control.Done"

  /// May be null if only one reminder waits for an answer.
  package var ritual: String?

  package init(ritual: String? = nil) {
    self.ritual = ritual
  }
}

/// The reply to `DoneRequest`.
package struct DoneReply: Codable, Hashable, Sendable {
  package var ritual: String
  package var title: String

  package init(ritual: String, title: String) {
    self.ritual = ritual
    self.title = title
  }
}

/// Answers a reminder: the ritual is skipped.
package struct SkipRequest: VarlinkRequest {
  package typealias Reply = SkipReply
  package static let method = "io.ritual.Control.Skip"

  /// May be null if only one reminder waits for an answer.
  package var ritual: String?

  package init(ritual: String? = nil) {
    self.ritual = ritual
  }
}

/// The reply to `SkipRequest`.
package struct SkipReply: Codable, Hashable, Sendable {
  package var ritual: String
  package var title: String

  package init(ritual: String, title: String) {
    self.ritual = ritual
    self.title = title
  }
}

/// Snoozes a reminder. Quiet times do not hold back the reminder when it comes again.
package struct SnoozeRequest: VarlinkRequest {
  package typealias Reply = SnoozeReply
  package static let method = "io.ritual.Control.Snooze"

  /// May be null if only one reminder waits for an answer.
  package var ritual: String?
  /// A time span ("10m"), a time of day ("22:30"), RFC 3339 text or plain words ("tomorrow 9:00"). A day
  /// without a time ("monday") means the ritual's usual time of day, or 9:00 if it has none. Null for the
  /// ritual's first snooze length.
  package var until: String?

  package init(ritual: String? = nil, until: String? = nil) {
    self.ritual = ritual
    self.until = until
  }
}

/// The reply to `SnoozeRequest`.
package struct SnoozeReply: Codable, Hashable, Sendable {
  package var ritual: String
  package var title: String
  package var until: Moment
  /// The ritual's next occurrence, if it is before the end of the snooze and therefore replaces the
  /// reminder.
  package var next: Moment?
  /// The reason that will hold the reminder back at that time, as far as the daemon knows: paused or timeout.
  package var holds: String?
  /// The end of that hold, if it is known.
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

/// Pauses rituals. A paused ritual shows nothing, and its occurrences do not count as missed.
package struct PauseRequest: VarlinkRequest {
  package typealias Reply = PauseReply
  package static let method = "io.ritual.Control.Pause"

  /// Empty for all rituals.
  package var rituals: [String]
  /// As for Snooze, but a day without a time is its beginning; null for a pause without an end.
  package var until: String?

  package init(rituals: [String], until: String? = nil) {
    self.rituals = rituals
    self.until = until
  }
}

/// The reply to `PauseRequest`.
package struct PauseReply: Codable, Hashable, Sendable {
  package var until: Moment?

  package init(until: Moment? = nil) {
    self.until = until
  }
}

/// Ends pauses.
package struct ResumeRequest: VarlinkRequest {
  package typealias Reply = ResumeReply
  package static let method = "io.ritual.Control.Resume"

  /// Empty for all pauses.
  package var rituals: [String]

  package init(rituals: [String]) {
    self.rituals = rituals
  }
}

/// The reply to `ResumeRequest`.
package struct ResumeReply: Codable, Hashable, Sendable {
  /// The pauses that ended.
  package var orders: [Order]

  package init(orders: [Order]) {
    self.orders = orders
  }
}

/// Shows neutral words in place of the rituals' own, or ends that.
package struct DiscreetRequest: VarlinkRequest {
  package typealias Reply = NoParameters
  package static let method = "io.ritual.Control.Discreet"

  package var on: Bool

  package init(on: Bool) {
    self.on = on
  }
}

/// Begins a break in a conflict, or extends it. The daemon holds back all rituals until its end, and then
/// asks whether both partners are ready.
package struct TimeoutRequest: VarlinkRequest {
  package typealias Reply = TimeoutReply
  package static let method = "io.ritual.Control.Timeout"

  /// A time span of up to a day. A shorter span than 20 minutes counts as 20 minutes, and so does null.
  package var length: String?

  package init(length: String? = nil) {
    self.length = length
  }
}

/// The reply to `TimeoutRequest`.
package struct TimeoutReply: Codable, Hashable, Sendable {
  package var until: Moment
  /// A line to calm down with.
  package var soothing: String?

  package init(until: Moment, soothing: String? = nil) {
    self.until = until
    self.soothing = soothing
  }
}

/// Ends a timeout: both partners are back. The daemon then offers a way to repair what happened.
package struct EndTimeoutRequest: EmptyVarlinkRequest {
  package typealias Reply = NoParameters
  package static let method = "io.ritual.Control.EndTimeout"

  package init() {}
}

/// Returns why the daemon shows a reminder of a ritual, or does not.
package struct WhyRequest: VarlinkRequest {
  package typealias Reply = WhyReply
  package static let method = "io.ritual.Control.Why"

  package var ritual: String

  package init(ritual: String) {
    self.ritual = ritual
  }
}

/// The reply to `WhyRequest`.
package struct WhyReply: Codable, Hashable, Sendable {
  package var why: Explanation

  package init(why: Explanation) {
    self.why = why
  }
}

/// Follows what happens. The call has to have 'more'. The first reply has no field and says that the daemon
/// sends the events from then on; each reply after it is one event.
package struct WatchRequest: EmptyVarlinkRequest {
  package typealias Reply = WatchReply
  package static let method = "io.ritual.Control.Watch"

  package init() {}
}

/// The reply to `WatchRequest`.
package struct WatchReply: Codable, Hashable, Sendable {
  /// An event of a ritual.
  package var entry: Entry?
  /// The number of rituals in a configuration that was just read.
  package var rituals: Int?
  /// The number of mistakes in a configuration that was just read.
  package var problems: Int?
  /// The name of the notification server that appeared; empty if it vanished.
  package var server: String?
  /// All orders in force, if they changed.
  package var orders: [Order]?

  package init(
    entry: Entry? = nil, rituals: Int? = nil, problems: Int? = nil, server: String? = nil,
    orders: [Order]? = nil
  ) {
    self.entry = entry
    self.rituals = rituals
    self.problems = problems
    self.server = server
    self.orders = orders
  }
}

/// Returns the last entries of the log, oldest first.
package struct LogRequest: VarlinkRequest {
  package typealias Reply = LogReply
  package static let method = "io.ritual.Control.Log"

  /// Null for all rituals.
  package var ritual: String?
  /// A date, RFC 3339 text or plain words ("yesterday").
  package var since: String?
  /// From 1 to 100000; null for 50.
  package var limit: Int?
  /// The 'before' of an earlier reply, to get the entries before those.
  package var before: Int?

  package init(ritual: String? = nil, since: String? = nil, limit: Int? = nil, before: Int? = nil) {
    self.ritual = ritual
    self.since = since
    self.limit = limit
    self.before = before
  }
}

/// The reply to `LogRequest`.
package struct LogReply: Codable, Hashable, Sendable {
  package var entries: [Entry]
  /// Not null if the size of a reply left no room for older entries.
  package var before: Int?

  package init(entries: [Entry], before: Int? = nil) {
    self.entries = entries
    self.before = before
  }
}

/// Keeps what the user appreciates in their partner, in the private journal.
package struct AppreciateRequest: VarlinkRequest {
  package typealias Reply = AppreciateReply
  package static let method = "io.ritual.Control.Appreciate"

  /// From 1 to 4000 characters.
  package var text: String

  package init(text: String) {
    self.text = text
  }
}

/// The reply to `AppreciateRequest`.
package struct AppreciateReply: Codable, Hashable, Sendable {
  package var note: Note

  package init(note: Note) {
    self.note = note
  }
}

/// Keeps a warm or a hard moment in the private journal.
package struct RememberRequest: VarlinkRequest {
  package typealias Reply = RememberReply
  package static let method = "io.ritual.Control.Remember"

  /// False for a hard moment.
  package var warm: Bool
  /// At most 4000 characters.
  package var text: String?

  package init(warm: Bool, text: String? = nil) {
    self.warm = warm
    self.text = text
  }
}

/// The reply to `RememberRequest`.
package struct RememberReply: Codable, Hashable, Sendable {
  package var note: Note

  package init(note: Note) {
    self.note = note
  }
}

/// Keeps a text for a ritual, or from a guide, in the private journal.
package struct WriteRequest: VarlinkRequest {
  package typealias Reply = WriteReply
  package static let method = "io.ritual.Control.Write"

  /// From 1 to 4000 characters.
  package var text: String
  package var ritual: String?
  package var guide: String?

  package init(text: String, ritual: String? = nil, guide: String? = nil) {
    self.text = text
    self.ritual = ritual
    self.guide = guide
  }
}

/// The reply to `WriteRequest`.
package struct WriteReply: Codable, Hashable, Sendable {
  package var note: Note

  package init(note: Note) {
    self.note = note
  }
}

/// Returns the last notes of the private journal, oldest first.
package struct NotesRequest: VarlinkRequest {
  package typealias Reply = NotesReply
  package static let method = "io.ritual.Control.Notes"

  /// A date, RFC 3339 text or plain words ("yesterday").
  package var since: String?
  /// A kind as in Note; null for all kinds.
  package var kind: String?
  /// From 1 to 100000; null for 1000.
  package var limit: Int?
  /// The 'before' of an earlier reply, to get the notes before those.
  package var before: Int?

  package init(since: String? = nil, kind: String? = nil, limit: Int? = nil, before: Int? = nil) {
    self.since = since
    self.kind = kind
    self.limit = limit
    self.before = before
  }
}

/// The reply to `NotesRequest`.
package struct NotesReply: Codable, Hashable, Sendable {
  package var notes: [Note]
  /// Not null if the size of a reply left no room for older notes.
  package var before: Int?

  package init(notes: [Note], before: Int? = nil) {
    self.notes = notes
    self.before = before
  }
}

/// Returns a piece of a note's text.
package struct NoteTextRequest: VarlinkRequest {
  package typealias Reply = NoteTextReply
  package static let method = "io.ritual.Control.NoteText"

  /// The id of the note.
  package var note: Int
  /// The byte at which the piece begins, from 0.
  package var from: Int

  package init(note: Int, from: Int) {
    self.note = note
    self.from = from
  }
}

/// The reply to `NoteTextRequest`.
package struct NoteTextReply: Codable, Hashable, Sendable {
  package var text: String
  /// The byte at which the next piece begins; null at the end of the text.
  package var next: Int?

  package init(text: String, next: Int? = nil) {
    self.text = text
    self.next = next
  }
}

/// Returns a report on the present week and the weeks before it.
package struct ReportRequest: VarlinkRequest {
  package typealias Reply = ReportReply
  package static let method = "io.ritual.Control.Report"

  /// From 1 to 520; null for 13.
  package var weeks: Int?
  /// Leaves the appreciations out.
  package var discreet: Bool

  package init(weeks: Int? = nil, discreet: Bool) {
    self.weeks = weeks
    self.discreet = discreet
  }
}

/// The reply to `ReportRequest`.
package struct ReportReply: Codable, Hashable, Sendable {
  package var summary: Summary

  package init(summary: Summary) {
    self.summary = summary
  }
}

/// Erases the past for good: either notes by their ids, or everything from 'since' to 'before' of one
/// ritual or of all, or 'everything'. Open reminders and orders stay.
package struct ForgetRequest: VarlinkRequest {
  package typealias Reply = ForgetReply
  package static let method = "io.ritual.Control.Forget"

  /// The ids of notes.
  package var notes: [Int]
  package var ritual: String?
  /// A date, RFC 3339 text or plain words ("yesterday").
  package var since: String?
  /// A date, RFC 3339 text or plain words.
  package var before: String?
  /// Erases the whole past.
  package var everything: Bool
  /// Erases nothing; the reply says how much it would be.
  package var preview: Bool

  package init(
    notes: [Int], ritual: String? = nil, since: String? = nil, before: String? = nil, everything: Bool,
    preview: Bool
  ) {
    self.notes = notes
    self.ritual = ritual
    self.since = since
    self.before = before
    self.everything = everything
    self.preview = preview
  }
}

/// The reply to `ForgetRequest`.
package struct ForgetReply: Codable, Hashable, Sendable {
  /// The number of erased notes.
  package var notes: Int
  /// The number of erased occurrences.
  package var occurrences: Int
  /// Files beside the journal that are erased with 'everything': versions of calendars, drafts and
  /// unfinished guides.
  package var files: [String]
  /// Damaged journals, which may contain more. The daemon does not erase them.
  package var setAside: [String]
  /// The instants that 'since' and 'before' mean. A second call gives these, so that words mean the same.
  package var since: Moment?
  package var before: Moment?

  package init(
    notes: Int, occurrences: Int, files: [String], setAside: [String], since: Moment? = nil,
    before: Moment? = nil
  ) {
    self.notes = notes
    self.occurrences = occurrences
    self.files = files
    self.setAside = setAside
    self.since = since
    self.before = before
  }
}

/// Draws prompts from a deck. No prompt is drawn again before all others were drawn.
package struct DrawRequest: VarlinkRequest {
  package typealias Reply = DrawReply
  package static let method = "io.ritual.Control.Draw"

  /// The name of the deck.
  package var deck: String
  /// From 1 to 100; null for 1.
  package var count: Int?
  /// Null for any depth.
  package var depth: Int?
  /// Tags that each prompt has.
  package var tags: [String]?

  package init(deck: String, count: Int? = nil, depth: Int? = nil, tags: [String]? = nil) {
    self.deck = deck
    self.count = count
    self.depth = depth
    self.tags = tags
  }
}

/// The reply to `DrawRequest`.
package struct DrawReply: Codable, Hashable, Sendable {
  package var prompts: [Prompt]

  package init(prompts: [Prompt]) {
    self.prompts = prompts
  }
}

/// Plays a sound because the time of a guide's step is over, with a short notification.
package struct RingRequest: VarlinkRequest {
  package typealias Reply = NoParameters
  package static let method = "io.ritual.Control.Ring"

  /// The title of the guide.
  package var title: String
  /// A name from the freedesktop.org Sound Naming Specification.
  package var sound: String

  package init(title: String, sound: String) {
    self.title = title
    self.sound = sound
  }
}

/// Shows a ritual's reminder now, as it will look. The daemon records nothing.
package struct TestRequest: VarlinkRequest {
  package typealias Reply = NoParameters
  package static let method = "io.ritual.Control.Test"

  package var ritual: String

  package init(ritual: String) {
    self.ritual = ritual
  }
}

/// Reloads the configuration.
package struct ReloadRequest: EmptyVarlinkRequest {
  package typealias Reply = ReloadReply
  package static let method = "io.ritual.Control.Reload"

  package init() {}
}

/// The reply to `ReloadRequest`.
package struct ReloadReply: Codable, Hashable, Sendable {
  /// The number of rituals.
  package var rituals: Int
  package var problems: [Problem]

  package init(rituals: Int, problems: [Problem]) {
    self.rituals = rituals
    self.problems = problems
  }
}
