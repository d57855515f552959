import CivilTime
import Control
import Engine
import Phrases
import Rituals
import Schedules
import SystemZones
import Varlink

/// Answers to reminders, and previews.
extension ControlService {
  func addAnswers() {
    handle(DoneRequest.self) { [unowned self] request, call in
      let reminder = try answer(request.ritual, .done)
      try call.reply(DoneReply(ritual: reminder.occurrence.ritual.text, title: reminder.title))
    }
    handle(SkipRequest.self) { [unowned self] request, call in
      let reminder = try answer(request.ritual, .skip)
      try call.reply(SkipReply(ritual: reminder.occurrence.ritual.text, title: reminder.title))
    }
    handle(SnoozeRequest.self) { [unowned self] request, call in
      let waiting = try waiting(request.ritual).occurrence.ritual
      let ritual = try daemon.engine.formerRitual(waiting) ?? ritual(waiting.text)
      let until =
        try request.until.map { try snoozeEnd(of: $0, for: ritual) }
        ?? SystemClock.now.advanced(
          byMicroseconds: ritual.snoozes.first?.microseconds ?? 0)
      let reminder = try answer(ritual.id.text, .snooze(until: until))
      try call.reply(snoozed(ritual.id, title: reminder.title, until: until))
    }
    handle(TestRequest.self) { [unowned self] request, call in
      let ritual = try ritual(request.ritual)
      let reminder = Reminder(
        previewing: ritual, prompt: daemon.engine.promptToCome(of: ritual),
        isDiscreet: daemon.engine.hidesWords(of: ritual), opensGuide: daemon.engine.guidesOpen,
        at: SystemClock.now)
      daemon.notifications.preview(reminder) { failure in
        guard let failure else { return (try? call.reply(NoParameters())) ?? () }
        call.fail(NoNotificationServer(reason: failure))
      }
    }
  }

  private func answer(_ text: String?, _ answer: Answer) throws -> OpenOccurrence {
    let reminder = try waiting(text)
    daemon.apply(.answered(reminder.occurrence.ritual, answer))
    return reminder
  }

  /// The open reminder of a ritual; without a ritual, the only open one. A snoozed reminder counts only if no
  /// other is open.
  private func waiting(_ text: String?) throws -> OpenOccurrence {
    let reminders = daemon.engine.openOccurrences
    if let text {
      let id = try self.id(named: text)
      if let reminder = reminders.first(where: { $0.occurrence.ritual == id }) { return reminder }
      let ritual = try ritual(text)
      throw NothingToAnswer(ritual: ritual.id.text, next: daemon.engine.next(of: ritual.id).map(moment))
    }
    let visible = reminders.filter { if case .snoozed = $0.phase { false } else { true } }
    let candidates = visible.isEmpty ? reminders : visible
    guard let only = candidates.first else { throw NothingToAnswer(ritual: nil, next: nil) }
    guard candidates.count == 1 else {
      throw SeveralWaiting(rituals: candidates.map(\.occurrence.ritual.text))
    }
    return only
  }

  /// The reply to a snooze, with what is known to come between.
  private func snoozed(_ id: RitualID, title: String, until: Instant) -> SnoozeReply {
    var reply = SnoozeReply(ritual: id.text, title: title, until: moment(until))
    switch daemon.engine.comeback(of: id, at: until) {
    case .asOrdered: break
    case .superseded(let next): reply.next = moment(next)
    case .held(let hold):
      reply.holds = hold.reason.rawValue
      reply.holdsUntil = hold.until.map(moment)
    }
    return reply
  }

  /// The end of a snooze. A day without a time means the ritual's usual time on it, not midnight.
  private func snoozeEnd(of text: String, for ritual: Ritual) throws -> Instant {
    let now = SystemClock.now
    switch try moment(text, now: now) {
    case .instant(let end): return try withinAYear(end, of: text, named: "until", now: now)
    case .day(let date):
      let usual = ritual.usualTime(on: date, after: now, in: zone)
      let nine = CivilDateTime(date, hour: 9, minute: 0).map(zone.instant(for:)) ?? usual
      return try withinAYear(usual > now ? usual : nine, of: text, named: "until", now: now)
    }
  }

  /// The end of a pause. A day without a time means its beginning.
  func end(of text: String, named field: String) throws -> Instant {
    let now = SystemClock.now
    let end =
      switch try moment(text, now: now) {
      case .instant(let end): end
      case .day(let date): zone.instant(for: date.midnight)
      }
    return try withinAYear(end, of: text, named: field, now: now)
  }

  /// A time ahead: an instant (RFC 3339), or plain words.
  private func moment(_ text: String, now: Instant) throws -> PlainMoment {
    // A date alone is a day.
    if text.utf8.count > 10, let instant = Instant(parsing: text, in: zone) { return .instant(instant) }
    return try readTime(text) { text throws(ScheduleError) in
      try PlainWords.moment(from: text, now: now, in: zone)
    }
  }

  private func withinAYear(
    _ end: Instant, of text: String, named field: String, now: Instant
  ) throws -> Instant {
    let year: Int64 = 366 * 86_400_000_000
    guard end > now, end <= now.advanced(byMicroseconds: year) else {
      throw InvalidValue(name: field, text: text, accepted: "a time ahead of now and within a year")
    }
    return end
  }
}
