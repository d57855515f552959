import CivilTime
import Control
import Engine
import Rituals
import Varlink

/// Rituals that have vanished from the files and the calendars, and may come back.
extension ControlService {
  var away: [Away] {
    daemon.engine.absences.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { id, until in
      Away(ritual: id.text, title: title(ofAway: id), until: moment(until))
    }
  }

  /// The reason why an absent ritual is not shown; nil if the ritual is not absent.
  func whyAway(_ text: String) throws -> Explanation? {
    guard let id = RitualID(text), let until = daemon.engine.absences[id] else { return nil }
    let open = daemon.engine.openOccurrences.first { $0.occurrence.ritual == id }
    let entries = try history(since: nil, ritual: id, limit: 50)
    let last = entries.last?.scheduled
    return Explanation(
      ritual: text, title: title(ofAway: id), enabled: true, next: nil, holds: "away",
      holdsUntil: moment(until), reminder: open.map { reminder($0) },
      last: entries.filter { $0.scheduled == last })
  }

  private func title(ofAway id: RitualID) -> String {
    if let ritual = daemon.engine.formerRitual(id) { return ritual.title }
    let open = daemon.engine.openOccurrences.first { $0.occurrence.ritual == id }
    return open?.title ?? (try? daemon.journal.titles()[id]) ?? id.text
  }
}
