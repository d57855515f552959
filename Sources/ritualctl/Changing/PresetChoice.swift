import Glibc
import Rituals
import Settings

/// The choice of rituals to start with: on a screen where there is one, else by a line.
struct PresetChoice {
  let presets: [Preset]
  let style: Style

  /// The rituals that are chosen at first: small ones.
  private static let gentle = ["goodbye-kiss", "hello-kiss", "state-of-us", "bedtime-appreciation"]

  /// Asks the user. Nil where the user leaves.
  func ask() -> Set<RitualID>? {
    let gentle = Set(Self.gentle.compactMap { RitualID($0) })
    let menu = PresetMenu(
      presets, chosen: gentle.intersection(presets.flatMap(\.rituals).map(\.ritual.id)))
    if let terminal = RawTerminal() { return ask(menu, on: terminal) }
    return askLineByLine()
  }

  private func ask(_ menu: PresetMenu, on terminal: RawTerminal) -> Set<RitualID>? {
    var menu = menu
    while true {
      let (columns, rows) = terminal.size
      terminal.show(menu.lines(columns: columns, rows: rows, style))
      switch terminal.wait(nil) {
      case .redraw, .timeout: continue
      case .ended(let number): terminal.endProcess(by: number)
      case .keys(let keys):
        for key in keys {
          switch key {
          case .up, .letter("k"): menu.move(by: -1)
          case .down, .letter("j"): menu.move(by: 1)
          case .space: menu.toggle()
          case .letter("a"): menu.toggleAll()
          case .letter(let letter) where letter.isASCII && letter.isNumber:
            menu.togglePreset(((letter.wholeNumberValue ?? 0) + 9) % 10)
          case .enter where !menu.chosen.isEmpty:
            terminal.restore()
            return menu.chosen
          case .letter("q"), .escape, .end:
            terminal.restore()
            return nil
          default: break
          }
        }
      }
    }
  }

  private func askLineByLine() -> Set<RitualID>? {
    let rituals = presets.flatMap(\.rituals).map(\.ritual)
    var table = TextTable()
    for (index, ritual) in rituals.enumerated() {
      table.add(
        .init("\(index + 1)"), .init(ritual.id.text), .init(ritual.title), .init(PresetMenu.when(ritual)))
    }
    Terminal.write(table.text)
    while true {
      Terminal.write("Which ones? Numbers or names, separated by spaces: ", to: STDERR_FILENO)
      guard let line = readLine() else { return nil }
      var chosen: Set<RitualID> = []
      var unknown: [Substring] = []
      for word in line.split(whereSeparator: { $0 == " " || $0 == "," }) {
        if let number = Int(word), rituals.indices.contains(number - 1) {
          chosen.insert(rituals[number - 1].id)
        } else if let named = FirstConfiguration.rituals(named: String(word), among: presets) {
          chosen.formUnion(named.map(\.ritual.id))
        } else {
          unknown.append(word)
        }
      }
      if unknown.isEmpty, !chosen.isEmpty { return chosen }
      for word in unknown {
        Terminal.tell("There is no \(TerminalText.exact(String(word))).\n", to: STDERR_FILENO)
      }
    }
  }
}
