import CivilTime
import Engine
import ICalendar
import Rituals
import Vdir

/// The tags of notifications: each tells one from the others over restarts of the daemon, so that a server
/// never shows it twice. Servers keep them in histories and show them to other programs, and ids are made
/// of titles: a tag is a digest with a key of this home on this machine, and says nothing of what it is
/// made of.
struct ReminderTags {
  private let key: String

  /// `home` is the user's home.
  init(home: String) { key = Owner.key(home: home) }

  /// Nil for a reminder of nothing.
  func tag(of reminder: Reminder) -> String? {
    name(of: reminder).map { Digest.identifier("\(key)\ntag\n\($0)") }
  }

  private func name(of reminder: Reminder) -> String? {
    if let timeout = reminder.timeout { return "timeout-\(timeout.since.microseconds)" }
    guard let occurrence = reminder.items.first?.occurrence else { return nil }
    let kind =
      switch reminder.kind {
      case .ritual, .soothing, .comeBack, .repair: "ritual"
      case .lead: "lead"
      case .summary, .digest: "rituals"
      }
    return "\(kind)-\(occurrence.ritual)-\(occurrence.scheduled.microseconds)"
  }
}
