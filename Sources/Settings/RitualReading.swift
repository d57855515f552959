import Rituals
import Schedules

/// The place of a ritual that was read before.
struct RitualPlace {
  let file: String
  let line: Int
  let column: Int
}

extension FileReader {
  /// Reads the valid rituals of the file. `taken` has the ids of the files before it, and gets those of this
  /// one, including invalid ones: a typing mistake in one of two rituals must not decide which one counts.
  mutating func readRituals(defaults: Defaults, taken: inout [RitualID: RitualPlace]) -> [Ritual] {
    guard let entry = entries.first(where: { $0.key == "ritual" }),
      let table = table(entry, ["ritual"])
    else { return [] }
    var rituals: [Ritual] = []
    for entry in table {
      let errorsBefore = errorCount
      let ritual = readRitual(entry, defaults: defaults)
      if let id = readID(entry, taken: &taken), errorCount == errorsBefore, let ritual = ritual(id) {
        rituals.append(ritual)
      }
    }
    return rituals
  }

  /// Reads a ritual's id; nil if it is invalid or taken.
  private mutating func readID(_ entry: TomlEntry, taken: inout [RitualID: RitualPlace]) -> RitualID? {
    let place = entry.keyRegion.begin
    guard let id = RitualID(entry.key), id.calendar == nil else {
      report(
        at: place, ["ritual", entry.key], "invalid id", accepted: RitualID.accepted,
        suggestion: RitualID(RitualID.key(of: entry.key, upTo: RitualID.maximumLength))?.text)
      return nil
    }
    if let first = taken[id] {
      report(
        at: place, ["ritual", id.text],
        "the ritual at \(first.file):\(first.line):\(first.column) has this id and is used",
        accepted: "a different id for each ritual")
      return nil
    }
    taken[id] = RitualPlace(file: source.path, line: place.line, column: place.column)
    return id
  }

  /// Reads all of a ritual's table, so that every mistake is reported. Returns a function that makes the
  /// ritual once its id is known to be good, or nil.
  private mutating func readRitual(_ entry: TomlEntry, defaults: Defaults) -> (RitualID) -> Ritual? {
    let path = ["ritual", entry.key]
    guard let table = table(entry, path) else { return { _ in nil } }
    var draft = RitualDraft(defaults: defaults)
    // Words that a lock screen has shown cannot be taken back: a misspelling of this key counts as the key.
    draft.isPrivate = checkKeys(of: table, in: path, KnownKeys.ritual).contains("private")
    // The dates beside a schedule belong to it, wherever they are in the table.
    for entry in table where entry.key != "schedule" { read(entry, path + [entry.key], into: &draft) }
    for entry in table where entry.key == "schedule" { read(entry, path + [entry.key], into: &draft) }
    for key in ["title", "schedule"] where !table.contains(where: { $0.key == key }) {
      report(
        at: entry.keyRegion.begin, path, "\(key) is missing",
        accepted: key == "title" ? "title = \"…\"" : "schedule = \"Mon..Fri 08:05\", for example")
    }
    return { [draft] id in draft.ritual(id) }
  }

  private mutating func read(_ entry: TomlEntry, _ path: [String], into draft: inout RitualDraft) {
    switch entry.key {
    case "title": draft.title = line(entry, path, upTo: ValueLimits.title, mayBeEmpty: false)
    case "message": draft.message = line(entry, path, upTo: ValueLimits.message, mayBeEmpty: true)
    case "schedule": draft.schedule = schedule(entry, path, draft.dates)
    case "start": draft.dates.start = start(entry, path)
    case "also": draft.dates.also = dates(entry, path)
    case "except": draft.dates.except = dates(entry, path)
    case "timezone": if let zone = zone(entry, path) { draft.defaults.zone = zone.zone }
    case "urgency": if let urgency: Urgency = choice(entry.node, path, "urgency") { draft.urgency = urgency }
    case "missed": if let missed = missed(entry, path) { draft.defaults.missed = missed }
    case "snooze": if let snoozes = snoozes(entry, path) { draft.defaults.snoozes = snoozes }
    case "nudge":
      if let nudge = nudge(entry, path, over: draft.defaults.nudge) { draft.defaults.nudge = nudge }
    case "lead": draft.lead = length(entry, path)
    case "quiet": if let quiet: QuietPolicy = choice(entry.node, path, "value") { draft.quiet = quiet }
    case "private": if let isPrivate = boolean(entry, path) { draft.isPrivate = isPrivate }
    case "reply": draft.reply = choice(entry.node, path, "kind of note", among: KnownKeys.replies)
    case "takes": draft.takes = takes(entry, path)
    case "enabled": if let isEnabled = boolean(entry, path) { draft.isEnabled = isEnabled }
    case "deck": draft.deck = reference(entry, path, "deck", among: content?.decks)
    case "guide": draft.guide = reference(entry, path, "guide", among: content?.guides)
    default: break
    }
  }
}

/// A ritual's values while they are read, beginning with the defaults.
private struct RitualDraft {
  var title: String?
  var message: String?
  var dates = ScheduleDraft()
  var schedule: Schedule?
  var defaults: Defaults
  var urgency = Urgency.normal
  var lead: TimeSpan?
  var quiet = QuietPolicy.respect
  var isPrivate = false
  var isEnabled = true
  var deck: ContentID?
  var guide: ContentID?
  var reply: Note.Kind?
  var takes: TimeSpan?

  init(defaults: Defaults) { self.defaults = defaults }

  func ritual(_ id: RitualID) -> Ritual? {
    guard let title, let schedule else { return nil }
    return Ritual(
      id: id, title: title, message: message?.isEmpty == true ? nil : message, schedule: schedule,
      zone: defaults.zone, urgency: urgency, missed: defaults.missed, snoozes: defaults.snoozes,
      lead: lead, nudge: defaults.nudge, quiet: quiet, isPrivate: isPrivate, isEnabled: isEnabled,
      deck: deck, guide: guide, reply: reply, takes: takes)
  }
}
