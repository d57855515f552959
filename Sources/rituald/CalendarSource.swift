import CivilTime
import Desktop
import ICalendar
import Logging
import Rituals
import Schedules
import Vdir

/// One calendar and its folder.
final class CalendarSource {
  var calendar: SharedCalendar
  /// The folder at its last reading.
  var folder: CalendarFolder
  let worker = FolderWorker()
  var watch: FileWatch?
  var isReading = false
  /// True if the folder has to be read once more after the present reading.
  var mustReadAgain = false
  /// True if `publish` waits for the end of a reading.
  var mustPublish = false
  /// Called when a piece of work in the folder is done.
  var onWorkDone: () -> Void = {}
  /// The rituals that its events are, and were.
  var names: EventNames
  private(set) var rituals: [(ritual: Ritual, file: String)] = []
  /// Rituals whose events are in the folder and are over.
  private(set) var over: Set<RitualID> = []
  /// The last answer in the folder to each ritual that comes from it or was published into it.
  private(set) var answers: [RitualID: Instant] = [:]
  /// The events with a ritual's alarms.
  private(set) var homes: [RitualID: [(path: String, uid: String)]] = [:]
  /// Answers that are not in the folder yet.
  var unwritten: [RitualID: Instant] = [:]
  /// Problems of the last publication.
  var publishingFailures: [CalendarFolder.Problem] = []
  /// The reasons why answers are not in their files yet, by file.
  private var answerFailures: [String: String] = [:]
  private let retry = Retry()
  let log: Logger

  /// A folder that has not answered for this time counts as a problem.
  private static let patience: Duration = .seconds(10)

  init(_ calendar: SharedCalendar, _ folder: CalendarFolder, names: EventNames, log: Logger) {
    self.calendar = calendar
    self.folder = folder
    self.names = names
    self.log = log
    retry.onTime = { [unowned self] in writeAnswers() }
  }

  /// Problems in the folder.
  var notes: [CalendarFolder.Problem] {
    let unwritten = answerFailures.sorted { $0.key < $1.key }.map { path, reason in
      CalendarFolder.Problem(file: path, line: 0, text: "the answer cannot be written yet: \(reason)")
    }
    let failures = publishingFailures + unwritten
    guard worker.wait > Self.patience else { return folder.notes + failures }
    let seconds = worker.wait.components.seconds
    let silence =
      "the folder has not answered for \(seconds) seconds; what was read of it holds until it does"
    return [.init(file: folder.path, line: 0, text: silence)] + folder.notes + failures
  }

  /// True if the content of the folder is not known, because it was not or cannot be read.
  var isUnread: Bool { folder.failure != nil || !folder.isRead }

  /// An event stays a ritual for this time after its last occurrence: its reminder may still be open.
  /// Microseconds.
  private static let openTime: Int64 = 31 * 86_400_000_000

  /// Makes rituals of the events in the folder, except those that this owner published. Returns changes of
  /// the events' names.
  func makeRituals(
    defaults: Defaults, owner: String, now: Instant, isElsewhere: (String) -> Bool
  ) -> [Change] {
    let publisher = Publisher(
      folder: folder.path, owner: owner, words: .titles, version: "", now: now, local: .utc)
    let own = folder.published.filter { publisher.isOwn($0) }
    let ownUIDs = Set(own.map(\.uid))
    let recently = now.advanced(byMicroseconds: -Self.openTime)
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
    // If the folder could not be read since the start, no event counts as vanished.
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

  /// Sets the reason why an answer is not in a file yet; nil if it is.
  func setAnswerFailure(_ reason: String?, of path: String) {
    answerFailures[path] = reason
    if answerFailures.isEmpty { retry.end() } else { retry.begin() }
  }

  private func note(_ id: RitualID, _ answer: Instant?, _ path: String, _ uid: String) {
    homes[id, default: []].append((path, uid))
    if let answer { answers[id] = max(answers[id] ?? answer, answer) }
  }
}
