import CivilTime
import Desktop
import ICalendar
import Rituals
import Schedules
import Vdir

/// One calendar, and what its folder has.
final class CalendarSource {
  var calendar: SharedCalendar
  /// The folder as it was read last.
  var folder: CalendarFolder
  let worker = FolderWorker()
  var watch: FileWatch?
  /// Whether a look at the folder is in hand, and whether it is to be looked at once more after that.
  var isReading = false
  var mustReadAgain = false
  /// Whether what is published waits for the folder to be read.
  var mustPublish = false
  /// Which rituals its events are, and were.
  var names: EventNames
  private(set) var rituals: [(ritual: Ritual, file: String)] = []
  /// Rituals whose events are there and are none any more.
  private(set) var over: Set<RitualID> = []
  /// When somebody last answered each ritual: those that come from here, and those that were published here.
  private(set) var answers: [RitualID: Instant] = [:]
  /// Where a ritual's alarms are.
  private(set) var homes: [RitualID: [(path: String, uid: String)]] = [:]
  /// Answers that the folder is to have, and does not have yet.
  var unwritten: [RitualID: Instant] = [:]
  /// What went wrong when rituals were published last.
  var failures: [CalendarFolder.Note] = []
  /// Reasons why answers are not in their files yet, by file.
  private var answerFailures: [String: String] = [:]
  /// Tries again to write the answers.
  let retry = Retry()

  /// A folder that has not answered for so long is told of.
  private static let patience: Duration = .seconds(10)

  init(_ calendar: SharedCalendar, _ folder: CalendarFolder, names: EventNames) {
    self.calendar = calendar
    self.folder = folder
    self.names = names
  }

  var notes: [CalendarFolder.Note] {
    let unwritten = answerFailures.sorted { $0.key < $1.key }.map { path, reason in
      CalendarFolder.Note(file: path, line: 0, text: "the answer cannot be written yet: \(reason)")
    }
    let failures = failures + unwritten
    guard worker.wait > Self.patience else { return folder.notes + failures }
    let seconds = worker.wait.components.seconds
    let silence =
      "the folder has not answered for \(seconds) seconds; what was read of it holds until it does"
    return [.init(file: folder.path, line: 0, text: silence)] + folder.notes + failures
  }

  /// Whether nobody knows what is in the folder at the moment.
  var isAway: Bool { folder.failure != nil || !folder.isRead }

  /// An event stays a ritual for so long after it came last: its reminder may still wait.
  private static let afterglow: Int64 = 31 * 86_400_000_000

  /// Makes rituals of what the folder has; what this owner published is no news. Returns what is to be kept of them.
  func settle(
    defaults: Defaults, owner: String, now: Instant, isElsewhere: (String) -> Bool
  ) -> [Change] {
    let publisher = Publisher(
      folder: folder.path, owner: owner, words: .titles, version: "", now: now, local: .utc)
    let own = folder.published.filter { publisher.isOwn($0) }
    let ownUIDs = Set(own.map(\.uid))
    let recently = now.advanced(byMicroseconds: -Self.afterglow)
    let found = folder.rituals.filter { found in
      !ownUIDs.contains(found.ritual.uid) && found.ritual.belongs(to: calendar.categories)
        && found.ritual.schedule.next(after: recently, in: .utc) != nil
    }
    rituals = []
    answers = [:]
    homes = [:]
    for event in own {
      guard let id = RitualID(event.ritual) else { continue }
      note(id, event.acknowledged, event.file, event.uid)
    }
    var changes: [Change] = []
    // Of a folder that cannot be read at a start nobody knows what has left it.
    guard folder.isRead, folder.failure == nil || !found.isEmpty else { return changes }
    let named = names.name(found.map(\.ritual), now: now, isElsewhere: isElsewhere, changes: &changes)
    over = Set(
      names.all.filter { $0.value.gone != nil && folder.has(eventOf: $0.key.key) }.map(\.value.ritual))
    for (file, named) in zip(found.map(\.file), named) {
      guard let named else { continue }
      let ritual = named.event.ritual(named.id, of: calendar, defaults: defaults, since: named.since)
      rituals.append((ritual, file))
      note(named.id, named.event.acknowledged, file, named.event.uid)
    }
    return changes
  }

  /// Says why an answer is not in a file yet; nil where it is.
  func setFailure(_ reason: String?, of path: String) {
    answerFailures[path] = reason
    if answerFailures.isEmpty { retry.end() } else { retry.begin() }
  }

  private func note(_ id: RitualID, _ answer: Instant?, _ path: String, _ uid: String) {
    homes[id, default: []].append((path, uid))
    if let answer { answers[id] = max(answers[id] ?? answer, answer) }
  }
}
