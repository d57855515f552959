import Phrases
import Rituals
import Schedules

/// The rituals to choose from, a line each below the headings of their strategies. It knows no terminal.
struct PresetMenu {
  let presets: [Preset]
  private(set) var chosen: Set<RitualID>
  /// The index of the ritual that the arrows are at.
  private(set) var cursor = 0

  init(_ presets: [Preset], chosen: Set<RitualID>) {
    self.presets = presets
    self.chosen = chosen
  }

  private var rituals: [Ritual] { presets.flatMap(\.rituals).map(\.ritual) }

  mutating func move(by steps: Int) { cursor = min(max(cursor + steps, 0), rituals.count - 1) }

  mutating func toggle() { chosen.formSymmetricDifference([rituals[cursor].id]) }

  /// Chooses all rituals of a preset, counted from 0, or none of them where all are chosen.
  mutating func togglePreset(_ index: Int) {
    guard presets.indices.contains(index) else { return }
    toggle(presets[index].rituals.map(\.ritual.id))
    cursor = presets[..<index].reduce(0) { $0 + $1.rituals.count }
  }

  mutating func toggleAll() { toggle(rituals.map(\.id)) }

  private mutating func toggle(_ ids: [RitualID]) {
    if chosen.isSuperset(of: ids) { chosen.subtract(ids) } else { chosen.formUnion(ids) }
  }

  /// The lines around the cursor, exactly as many as there are rows.
  func lines(columns: Int, rows: Int, _ style: Style) -> [String] {
    var lines: [String] = []
    var place = 0
    var number = 0
    for (index, preset) in presets.enumerated() {
      let key = index < 10 ? "\((index + 1) % 10)" : " "
      lines.append(
        "  " + style.dim(key + "  " + TerminalText.cut(TerminalText.line(preset.head.title), to: columns - 6))
      )
      for ritual in preset.rituals.map(\.ritual) {
        if number == cursor { place = lines.count }
        lines.append(line(ritual, isHere: number == cursor, columns, style))
        number += 1
      }
    }
    let head = ["  " + style.bold("Which rituals do you want to start with?"), ""]
    let count = Wording.count(chosen.count, "ritual", "rituals")
    let keys = "\(count) · space one · 1-9, 0 a group · a all · enter goes on · q leaves"
    let room = max(1, rows - head.count - 2)
    // The cursor is in the middle, so that its heading is seen too.
    let start = min(max(0, place - room / 2), max(0, lines.count - room))
    var shown = Array(lines[start...].prefix(room))
    shown += Array(repeating: "", count: room - shown.count)
    let isMore = start + room < lines.count
    let foot = [
      isMore ? "     " + style.dim("↓") : "", "  " + style.dim(TerminalText.cut(keys, to: columns - 2)),
    ]
    return (head + shown + foot).prefix(rows).map { $0 }
  }

  private func line(_ ritual: Ritual, isHere: Bool, _ columns: Int, _ style: Style) -> String {
    let mark = chosen.contains(ritual.id) ? "[x]" : "[ ]"
    let title = TerminalText.cut(TerminalText.line(ritual.title), to: 32)
    let space = TerminalText.blanks(after: title, to: 34)
    let when = TerminalText.cut(Self.when(ritual), to: max(0, columns - 45))
    let text = "\(isHere ? ">" : " ")  \(mark) \(title)\(space)"
    return "  " + (isHere ? style.bold(text) : text) + style.dim(when)
  }

  /// Words for the times of a ritual.
  static func when(_ ritual: Ritual) -> String {
    ritual.schedule.texts.isEmpty ? "on demand" : ritual.schedule.explanation
  }
}
