import Rituals

/// The keys of `ritual.toml` and of the files in `ritual.d`.
extension KnownKeys {
  package static let root = Table(
    [
      Key("defaults", .table(defaults), "The values of rituals that do not set their own."),
      Key("quiet", .table(quiet), "The times when reminders are held, to be shown afterwards."),
      Key("discreet", .table(discreet), "The times when reminders show neutral words instead of their own."),
      Key("journal", .table(journal), "How long history is kept."),
      Key(
        "calendar", .named(.table(calendar), keys: ValueForm.calendarName),
        "Folders of calendar files whose events are rituals too, each with a name: [calendar.us]."),
      rituals(areRequired: false),
    ],
    tables: "[defaults], [quiet], [discreet], [journal], [calendar.NAME], [ritual.ID]")

  /// The rituals of the configuration, or of a preset, which is for them alone.
  static func rituals(areRequired: Bool) -> Key {
    Key(
      "ritual", .named(.table(ritual), keys: ValueForm.ritualID, isEmptyAccepted: !areRequired),
      isRequired: areRequired, "The rituals, each with an id: [ritual.ID].")
  }

  static let defaults = Table([
    Key(
      "timezone", .expression,
      "The zone of the rituals' clock: an IANA name such as \"Europe/Berlin\", or \"local\", which follows "
        + "the machine when it travels. \"local\" if it is not given."),
    Key(
      "missed", .expression,
      "How late a reminder is still shown that could not be shown at its time: a time span such as \"2h\", "
        + "\"never\" or \"always\". \"2h\" if it is not given."),
    Key(
      "snooze", .oneOrMore(.expression, upTo: ValueLimits.snoozes),
      "The snooze buttons: a time span, or a list of them. [\"10m\", \"30m\"] if it is not given."),
    Key(
      "nudge", .table(nudge),
      "A reminder that is not answered comes again: { every = \"15m\", times = 2 }."),
  ])

  static let nudge = Table([
    Key("every", .expression, "The time between two of them, such as \"15m\"."),
    Key("times", .whole(ValueLimits.nudges), "How often it comes again; 0 for never."),
  ])

  static let quiet = Table([
    Key(
      "hours", .zeroOrMore(.match(ValueForm.daySpan), upTo: ValueLimits.quietTimes),
      "Spans of the day, which may cross midnight: [\"23:00..07:00\"]."),
    Key(
      "when", circumstances,
      "Circumstances in which reminders are held. [\"locked\", \"do-not-disturb\"] if it is not given."),
  ])

  static let discreet = Table([
    Key(
      "when", circumstances,
      "Circumstances in which reminders show neutral words. "
        + "[\"locked\", \"screen-shared\"] if it is not given.")
  ])

  private static let circumstances = ValueForm.zeroOrMore(
    .choice(of: Circumstance.self), upTo: ValueLimits.quietTimes)

  static let journal = Table([
    Key(
      "keep", .expression,
      "The time that history is kept before it becomes daily counts: a time span of a day or more, or "
        + "\"always\". \"1y\" if it is not given.")
  ])

  static let calendar = Table([
    Key(
      "vdir", .match(ValueForm.folder), isRequired: true,
      "The folder, from the root or from home: \"~/.local/share/calendars/us\"."),
    Key(
      "categories", .oneOrMore(.expression, upTo: ValueLimits.categories),
      "Only events with one of these categories become rituals."),
    Key(
      "lead", .expression,
      "The time from an early reminder to each event, such as \"30m\", instead of the events' alarms."),
    Key(
      "quiet", .choice(of: QuietPolicy.self),
      "\"ignore\" lets the events through quiet times. \"respect\" if it is not given."),
    Key(
      "publish", .zeroOrMore(.match(ValueForm.contentID), upTo: ValueLimits.published),
      "The ids of rituals that are written into the folder, and kept up to date there."),
    Key(
      "words", .choice(of: PublishedWords.self),
      "How much of a published ritual others can read: \"full\" for the messages too. \"titles\" if it is "
        + "not given."),
  ])

  static let ritual = Table([
    Key(
      "title", .line(upTo: ValueLimits.title), isRequired: true,
      "The first line of the reminder."),
    Key("message", .line(upTo: ValueLimits.message, mayBeEmpty: true), "The second line of the reminder."),
    Key(
      "schedule", .zeroOrMore(.expression, upTo: ValueLimits.schedules), isRequired: true,
      "When it comes: a calendar expression such as \"Mon..Fri 08:05\", a recurrence rule such as "
        + "\"RRULE:FREQ=WEEKLY;BYDAY=FR\", or a list of them; [] for on demand (man ritual.schedule)."),
    Key("start", .date, "The start of a recurrence rule: 2026-11-27T19:30:00."),
    Key(
      "except", .oneOrMore(.date, upTo: ValueLimits.dates), "Dates or times that are left out: [2026-12-25]."),
    Key("also", .oneOrMore(.date, upTo: ValueLimits.dates), "Dates or times that are added: [2026-12-24]."),
    Key(
      "timezone", .expression,
      "The zone of its clock: an IANA name such as \"Europe/Berlin\", or \"local\"."),
    Key(
      "urgency", .choice(of: Urgency.self),
      "The urgency of its notification. \"normal\" if it is not given."),
    Key(
      "missed", .expression,
      "How late it is still shown if it could not be shown at its time: a time span such as \"2h\", \"never\" "
        + "or \"always\"."),
    Key(
      "snooze", .oneOrMore(.expression, upTo: ValueLimits.snoozes),
      "Its snooze buttons: a time span such as \"10m\", or a list of them."),
    Key("nudge", .table(nudge), "It comes again while it is not answered: { every = \"15m\", times = 2 }."),
    Key("lead", .expression, "The time from an early reminder to the ritual, such as \"30m\"."),
    Key(
      "quiet", .choice(of: QuietPolicy.self),
      "\"ignore\" shows it in quiet times too. \"respect\" if it is not given."),
    Key(
      "private", .boolean,
      "True: its words are never shown while the screen is locked. False if it is not given."),
    Key("enabled", .boolean, "False: it does not come. True if it is not given."),
    Key(
      "deck", .match(ValueForm.contentID),
      "The deck whose prompts replace the message, another one each time (ritualctl deck list)."),
    Key(
      "guide", .match(ValueForm.contentID),
      "The guide that the Begin button of its notification opens (ritualctl begin)."),
    Key(
      "reply", .choice(replies.map(\.rawValue)),
      "An answer that is typed into the notification is kept in the private journal as this."),
    Key(
      "takes", .expression,
      "Its length when it happens, for the report. \"5m\" if it is not given."),
  ])

  /// The kinds of note that an answer may become.
  static let replies: [Note.Kind] = [.appreciation, .note]
}
