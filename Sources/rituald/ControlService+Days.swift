import CivilTime
import Control
import Engine
import Phrases
import Rituals
import Schedules
import Settings
import SystemZones
import Varlink

/// The next days, and the details of a ritual.
extension ControlService {
  func addDays() {
    handle(TodayRequest.self) { [unowned self] _, call in
      let day = try days(1)[0]
      try call.reply(
        TodayReply(date: day.date, entries: day.entries, reminders: day.reminders, coming: day.coming))
    }
    handle(WeekRequest.self) { [unowned self] request, call in
      guard (1...31).contains(request.days) else {
        throw InvalidValue(name: "days", text: "\(request.days)", accepted: "1 to 31")
      }
      try call.reply(WeekReply(days: try days(request.days)))
    }
    handle(ShowRequest.self) { [unowned self] request, call in
      let ritual = try ritual(request.ritual)
      let open = daemon.engine.openOccurrences.first { $0.occurrence.ritual == ritual.id }
      try call.reply(
        ShowReply(
          ritual: info(ritual, reminder: open), words: ritual.schedule.explanation,
          coming: coming(count: 5, of: [ritual]), why: try why(ritual)))
    }
  }

  /// Today and the days after it. Days are those of the wall clock: some have 23 hours.
  private func days(_ count: Int) throws -> [Day] {
    let today = zone.local(at: SystemClock.now).civil.date.daysSinceEpoch
    let dates = (0..<count).map { CivilDate(daysSinceEpoch: today + $0) }
    let begin = zone.instant(for: dates[0].midnight)
    let end = zone.instant(for: CivilDate(daysSinceEpoch: today + count).midnight)
    let coming = coming(count: 2000, through: end.advanced(byMicroseconds: -1))
    var byDate = Dictionary(grouping: coming) { String($0.scheduled.at.prefix(10)) }
    return try dates.enumerated().map { index, date in
      let text = date.formatted
      return Day(
        date: text, entries: index == 0 ? try history(since: begin, ritual: nil, limit: 10_000) : [],
        reminders: index == 0 ? daemon.engine.openOccurrences.map { reminder($0) } : [],
        coming: byDate.removeValue(forKey: text) ?? [])
    }
  }

  /// The next `count` occurrences, of all rituals or of some, soonest first, and not after `end`.
  func coming(count: Int, of rituals: [Ritual]? = nil, through end: Instant? = nil) -> [Coming] {
    var all: [(at: Instant, ritual: Ritual)] = []
    for ritual in rituals ?? daemon.loaded.configuration.rituals {
      var next = daemon.engine.next(of: ritual.id)
      var taken = 0
      while let at = next, taken < count, end.map({ at <= $0 }) ?? true {
        all.append((at, ritual))
        taken += 1
        next = ritual.schedule.next(after: at, in: ritual.zone ?? zone)
      }
    }
    // Occurrences of the same instant are in the order of the files.
    return all.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.prefix(count)
      .map { _, item in
        Coming(
          ritual: item.ritual.id.text, title: item.ritual.title, scheduled: moment(item.at),
          holds: daemon.engine.plannedHold(item.ritual.id, at: item.at)?.reason.rawValue)
      }
  }
}
