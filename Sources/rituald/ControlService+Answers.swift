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
      if let reminder = reminders.first(where: { $0.occurrence.ritual.text == text }) { return reminder }
      let ritual = try ritual(text)
      throw NothingToAnswer(ritual: text, next: daemon.engine.next(of: ritual.id).map(moment))
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
    let end = try? end(of: text, named: "until")
    let isMidnight = end.map { zone.local(at: $0).civil == zone.local(at: $0).civil.date.midnight } ?? true
    // If a time can be added to the text, it has none.
    guard isMidnight, let day = try? self.end(of: text + " 09:00", named: "until") else {
      return try self.end(of: text, named: "until")
    }
    let now = SystemClock.now
    let usual = ritual.usualTime(on: zone.local(at: end ?? day).civil.date, after: now, in: zone)
    return usual > now ? usual : day
  }

  /// The end of a snooze or a pause, of a time span, a time of day, an instant or plain words.
  func end(of text: String, named field: String) throws -> Instant {
    let now = SystemClock.now
    var end = Instant(parsing: text, in: zone)
    let span = Result { () throws(ScheduleError) in try TimeSpan(parsing: text) }
    if case .success(let span) = span {
      end = now.advanced(byMicroseconds: span.microseconds)
    } else if end == nil, let texts = try? PlainWords.schedules(from: text, now: now, in: zone) {
      end = texts.compactMap {
        (try? Schedule(parsing: $0, zones: daemon.local.zones))?.next(after: now, in: zone)
      }.min()
    }
    let year: Int64 = 366 * 86_400_000_000
    guard let end, end > now, end <= now.advanced(byMicroseconds: year) else {
      var lengths = TimeSpan.accepted
      if case .failure(let error) = span { lengths = error.accepted }
      throw InvalidValue(
        name: field, text: text,
        accepted:
          "\(lengths), a time such as 22:30, \"tomorrow 9:00\" or 2026-11-27T19:30, ahead of now and within a year"
      )
    }
    return end
  }
}
