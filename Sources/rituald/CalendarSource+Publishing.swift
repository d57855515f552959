import CivilTime
import Control
import Logging
import Rituals
import SystemZones
import Vdir

extension CalendarSource {
  /// Publishes rituals into the folder. `withdraws` removes published rituals that are not wanted any more.
  func publish(_ wanted: [Ritual], owner: String, in local: Zone, withdraws: Bool) {
    mustPublish = false
    let folder = folder
    guard !wanted.isEmpty || !folder.published.isEmpty || !publishingFailures.isEmpty else { return }
    let publisher = Publisher(
      folder: folder.path, owner: owner, words: calendar.words, version: ritualVersion,
      now: SystemClock.now, local: local)
    worker.perform {
      var outcome = publisher.publish(wanted, avoiding: folder.isSetAside)
      if withdraws { publisher.withdraw(folder.published, but: &outcome) }
      return outcome
    } then: { [weak self] outcome in
      guard let self else { return }
      publishingFailures =
        outcome.failures
        + outcome.onlyAYear.map { id in
          .init(
            file: self.folder.path, line: 0,
            text: "no rule of calendars says the schedule of \(id); the dates of a year are published")
        }
      if !outcome.written.isEmpty || !outcome.removed.isEmpty {
        log.info("Published: written \(outcome.written.count), removed \(outcome.removed.count)")
      }
      onWorkDone()
    }
  }
}
