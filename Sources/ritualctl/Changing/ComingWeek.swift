import CivilTime
import Control
import Rituals
import Schedules

/// The occurrences of rituals in the next seven days, once they are configured.
struct ComingWeek {
  let coming: [Coming]
  private let zone: Zone

  init(of rituals: [Ritual], after now: Instant, in zone: Zone) {
    self.zone = zone
    let end = now.advanced(byMicroseconds: 7 * 86_400_000_000)
    var all: [(at: Instant, ritual: Ritual)] = []
    for ritual in rituals {
      var next = ritual.schedule.next(after: now, in: ritual.zone ?? zone)
      while let at = next, at <= end {
        all.append((at, ritual))
        next = ritual.schedule.next(after: at, in: ritual.zone ?? zone)
      }
    }
    coming = all.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map {
      Coming(
        ritual: $0.element.ritual.id.text, title: $0.element.ritual.title,
        scheduled: Moment($0.element.at, in: zone))
    }
  }

  /// The text for people, with a paragraph for each day.
  func text(_ style: Style, columns: Int) -> String {
    guard !coming.isEmpty else { return "  Nothing comes by itself in these seven days.\n" }
    var days: [(head: String, items: [String])] = []
    for item in coming {
      let civil = zone.local(at: item.scheduled.instant).civil
      let head = "\(civil.date.weekday.abbreviation) \(civil.date.day)"
      let clock = item.scheduled.at.dropFirst(11).prefix(5)
      if days.last?.head != head { days.append((head, [])) }
      days[days.count - 1].items.append("\(clock) \(TerminalText.line(item.title))")
    }
    return days.map { day in
      let width = max(20, min(columns, 100) - 10)
      // A blank in a title is no place to break at: an item stays whole.
      let joined = day.items.map { $0.replacing(" ", with: "\u{a0}") }.joined(separator: ", ")
      let lines = TerminalText.wrap(joined, to: width).map { $0.replacing("\u{a0}", with: " ") }
      let space = String(repeating: " ", count: 8 - day.head.count)
      return "  " + style.bold(day.head) + space + lines.joined(separator: "\n          ")
    }.joined(separator: "\n") + "\n"
  }
}
