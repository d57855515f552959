import CivilTime
import Control
import Journal
import Rituals
import Schedules
import Settings
import SystemZones
import Varlink

/// Counts of what happened, by week, day and ritual. Nothing counts what did not happen.
extension ControlService {
  func addReport() {
    handle(ReportRequest.self) { [unowned self] request, call in
      try call.reply(ReportReply(summary: try summary(request)))
    }
  }

  private func summary(_ request: ReportRequest) throws -> Summary {
    let count = request.weeks ?? 13
    guard (1...520).contains(count) else {
      throw InvalidValue(name: "weeks", text: "\(count)", accepted: "1 to 520")
    }
    let today = zone.local(at: SystemClock.now).civil.date
    let monday = today.daysSinceEpoch - (today.weekday.rawValue - 1)
    let first = monday - 7 * (count - 1)
    let since = start(of: first)
    var counts = ReportCounts(first: first, weeks: count, rituals: daemon.loaded.configuration.rituals)
    do throws(JournalError) {
      let journal = daemon.journal
      for count in try journal.done(since: since, before: start(of: monday + 7), in: zone) {
        counts.add(count)
      }
      for note in try journal.noteTimes(since: since) {
        counts.add(note.kind, on: zone.local(at: note.at).civil.date)
      }
      let appreciations =
        request.discreet ? [] : try journal.notes(since: since, kind: .appreciation, limit: 5)
      return counts.summary(
        today: today, titles: try journal.titles(),
        appreciations: appreciations.reversed().map { Control.Note($0, in: zone) })
    } catch {
      throw JournalUnreadable(reason: "\(error)")
    }
  }

  private func start(of day: Int) -> Instant {
    CivilDateTime(CivilDate(daysSinceEpoch: day), hour: 0, minute: 0).map(zone.instant(for:))
      ?? SystemClock.now
  }
}

/// Adds up what happened.
private struct ReportCounts {
  /// The length of a ritual without `takes`, in microseconds.
  private static let usualLength: Int64 = 5 * 60_000_000

  private let first: Int
  private let rituals: [Ritual]
  private var weeks: [WeekCounts]
  private var done: [RitualID: [Int: Int]] = [:]

  private struct WeekCounts {
    var done = 0
    var length: Int64 = 0
    var warm = 0
    var hard = 0
  }

  init(first: Int, weeks: Int, rituals: [Ritual]) {
    self.first = first
    self.rituals = rituals
    self.weeks = Array(repeating: WeekCounts(), count: weeks)
  }

  mutating func add(_ count: DailyCount) {
    guard let week = week(of: count.day) else { return }
    weeks[week].done += count.count
    weeks[week].length += length(of: count.ritual) * Int64(count.count)
    done[count.ritual, default: [:]][count.day.daysSinceEpoch, default: 0] += count.count
  }

  /// Counts a note. An appreciation counts as a warm moment.
  mutating func add(_ kind: Note.Kind, on day: CivilDate) {
    guard let week = week(of: day) else { return }
    switch kind {
    case .appreciation, .warm: weeks[week].warm += 1
    case .hard: weeks[week].hard += 1
    case .note: break
    }
  }

  private func week(of day: CivilDate) -> Int? {
    let days = day.daysSinceEpoch - first
    return days >= 0 && days / 7 < weeks.count ? days / 7 : nil
  }

  private func length(of id: RitualID) -> Int64 {
    rituals.first { $0.id == id }?.takes?.microseconds ?? Self.usualLength
  }

  /// The summary. Configured rituals are first, in the order of the configuration; removed rituals follow.
  func summary(today: CivilDate, titles: [RitualID: String], appreciations: [Control.Note]) -> Summary {
    let known = rituals.map(\.id).filter { done[$0] != nil }
    let gone = done.keys.filter { !known.contains($0) }.sorted()
    return Summary(
      first: Self.text(first), today: Self.text(today.daysSinceEpoch),
      weeks: weeks.enumerated().map { index, week in
        SummaryWeek(
          monday: Self.text(first + 7 * index), done: week.done, minutes: Self.minutes(week.length),
          warm: week.warm, hard: week.hard)
      },
      rituals: (known + gone).map { id in
        SummaryRitual(
          ritual: id.text, title: rituals.first { $0.id == id }?.title ?? titles[id] ?? id.text,
          minutes: Self.minutes(length(of: id)),
          days: (done[id] ?? [:]).sorted { $0.key < $1.key }.map {
            SummaryDay(date: Self.text($0.key), done: $0.value)
          })
      }, appreciations: appreciations)
  }

  private static func minutes(_ length: Int64) -> Double { Double(length) / 60_000_000 }

  /// `2026-11-27`.
  private static func text(_ day: Int) -> String {
    CivilDate(daysSinceEpoch: day).formatted
  }
}
