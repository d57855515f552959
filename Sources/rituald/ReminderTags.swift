import CivilTime
import Engine
import ICalendar
import Rituals
import Vdir

/// The tags of notifications. A tag names a notification also after a restart of the daemon, so that the
/// server never shows it twice. Servers keep tags in their histories and show them to other programs, and ids
/// are made of titles: so a tag is a digest, with a key of this home on this machine, and has no private
/// words.
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
