import CivilTime
import Control

/// The text of a status bar, and the JSON of `ritualctl bar`.
struct BarLine: Encodable, Equatable {
  /// The class of the text, for a bar's styles and icons.
  enum Kind: String, Encodable {
    /// A reminder is on its way to the screen, or on it.
    case due
    /// A reminder left the screen and wants an answer.
    case waiting
    case held, snoozed, paused
    /// The next occurrence comes within the hour.
    case soon
    case next, none
    /// The daemon does not run, or cannot work.
    case off
  }

  let kind: Kind
  let text: String
  /// A shorter text, for a bar with little room.
  let short: String
  /// The day, a line for each entry, reminder and occurrence.
  let tooltip: [String]

  enum CodingKeys: String, CodingKey {
    case kind = "class"
    case text, short, tooltip
  }

  /// The text for a daemon that does not run or cannot work.
  static func off(_ reason: String) -> BarLine { BarLine(kind: .off, text: "", short: "", tooltip: [reason]) }

  /// The most columns of a title: bars are narrow.
  private static let titleWidth = 40

  private init(kind: Kind, text: String, short: String, tooltip: [String]) {
    self.kind = kind
    self.text = text
    self.short = short
    self.tooltip = tooltip
  }

  init(_ state: State, _ today: TodayReply, now: Instant) {
    let isDiscreet = state.orders.contains { $0.what == .discreet }
    let title = { (title: String) in
      isDiscreet ? "Reminder" : TerminalText.cut(TerminalText.line(title), to: Self.titleWidth)
    }
    tooltip = isDiscreet ? [] : Self.lines(today, now: now)
    let open = state.reminders
    let isDue = { (reminder: Control.Reminder) in reminder.phase == .shown || reminder.phase == .due }
    // A phase that this version does not know counts as one that wants an answer.
    let wantsAnswer = { (reminder: Control.Reminder) in ![.held, .snoozed].contains(reminder.phase) }
    if let waiting = open.first(where: isDue) ?? open.first(where: wantsAnswer) {
      let others = open.count(where: wantsAnswer) - 1
      kind = isDue(waiting) ? .due : .waiting
      short = title(waiting.title)
      text = short + (others > 0 ? " +\(others)" : "")
      return
    }
    // Everyone in the room sees a bar, so a timeout looks like a pause.
    let isQuiet = { (order: Control.Order) in
      order.what == .paused && order.ritual == nil
        || order.what == .timeout && order.until.map { $0.instant > now } ?? false
    }
    if let order = state.orders.first(where: isQuiet) {
      kind = .paused
      short = "paused"
      text = "paused" + (order.until.map { " until \(When($0, now: now).absolute)" } ?? "")
      return
    }
    if let held = open.first(where: { $0.phase == .held }) {
      kind = .held
      short = title(held.title)
      text = short
      return
    }
    let snoozed = open.filter { $0.phase == .snoozed }.compactMap { item in
      item.until.map { (kind: Kind.snoozed, at: $0, title: item.title) }
    }
    let next = state.next.map { (kind: Kind.next, at: $0.scheduled, title: $0.title) }
    guard let first = (snoozed + [next].compactMap(\.self)).min(by: { $0.at.instant < $1.at.instant }) else {
      (kind, text, short) = (.none, "", "")
      return
    }
    let minutes = Self.minutes(until: first.at, now)
    short = minutes.map { "\($0) min" } ?? When(first.at, now: now).absolute
    text = (minutes.map { "in \($0) min" } ?? short) + " " + title(first.title)
    kind = first.kind == .next && minutes != nil ? .soon : first.kind
  }

  /// Minutes until a moment within the next hour, rounded up, so that "in 1 min" lasts until the moment; nil
  /// for others.
  private static func minutes(until moment: Moment, _ now: Instant) -> Int64? {
    let left = now.microseconds(until: moment.instant)
    return left > 0 && left <= 3_600_000_000 ? (left + 59_999_999) / 60_000_000 : nil
  }

  /// The instant at which the text changes although nothing happens: the next minute of the hour before an
  /// occurrence, the beginning of that hour, midnight, or the end of an order.
  static func nextChange(_ state: State, now: Instant) -> Instant? {
    let hour: Int64 = 3_600_000_000
    var changes = state.orders.compactMap { $0.until?.instant }
    for moment in state.reminders.compactMap(\.until) + [state.next?.scheduled].compactMap(\.self) {
      let left = now.microseconds(until: moment.instant)
      if left > hour { changes.append(moment.instant.advanced(byMicroseconds: -hour)) }
      if left > 0, left <= hour {
        changes.append(moment.instant.advanced(byMicroseconds: -((left - 1) / 60_000_000 * 60_000_000)))
      }
    }
    // Midnight is in the user's zone, whose offset every moment has.
    let day: Int64 = 86_400_000_000
    if let offset = Instant(parsing: String(state.since.at.prefix(19)), in: .utc) {
      let east = state.since.instant.microseconds(until: offset) / 60_000_000 * 60_000_000
      let local = now.microseconds + east
      changes.append(Instant(microseconds: (local / day + 1) * day - east))
    }
    return changes.filter { $0 > now }.min()
  }

  private static func lines(_ today: TodayReply, now: Instant) -> [String] {
    let ended = today.entries.filter(Wording.mayBeEnd).map { entry in
      var entry = entry
      if entry.by == "timeout" { entry.by = "pause" }
      return (entry.scheduled, entry.title, Wording.text(entry, now: now))
    }
    let open = today.reminders.map { reminder in
      var reminder = reminder
      if reminder.reason == "timeout" { reminder.reason = "paused" }
      return (reminder.scheduled, reminder.title, Wording.text(reminder, now: now))
    }
    let coming = today.coming.prefix(20).map {
      ($0.scheduled, $0.title, $0.holds.map { Wording.hold($0 == "timeout" ? "paused" : $0) } ?? "")
    }
    let lines = (ended + open + coming).map { moment, title, words in
      When(moment, now: now).absolute + "  " + TerminalText.line(title)
        + (words.isEmpty ? "" : " · " + TerminalText.line(words))
    }
    return lines.isEmpty ? ["Nothing today"] : lines
  }
}
