import Control

extension Wording {
  /// What kind of note it is, for people.
  static func kind(_ note: NoteInfo) -> String {
    switch note.kind {
    case "appreciation": "appreciation"
    case "warm": "warm moment"
    case "hard": "hard moment"
    case "note": note.ritual ?? note.guide ?? "note"
    default: unknown
    }
  }

  /// Says that a note is kept; its words are on the screen already, or not for it.
  static func kept(_ note: NoteInfo, _ style: Style) -> String {
    guard note.id == nil else { return style.good("Kept") }
    return style.warning("Kept in memory for now: the disk does not take it; see 'ritualctl status'")
  }
}
