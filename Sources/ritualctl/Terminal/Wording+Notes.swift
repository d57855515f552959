import Control

extension Wording {
  /// Words for the kind of a note.
  static func kind(_ note: Control.Note) -> String {
    switch note.kind {
    case .appreciation: "appreciation"
    case .warm: "warm moment"
    case .hard: "hard moment"
    case .note: note.ritual ?? note.guide ?? "note"
    case .unknown, .other: unknown
    }
  }

  /// Words for a note that was kept, without its text.
  static func kept(_ note: Control.Note, _ style: Style) -> String {
    guard note.id == nil else { return style.good("Kept") }
    return style.warning("Kept in memory for now: the disk does not take it; see 'ritualctl status'")
  }
}
