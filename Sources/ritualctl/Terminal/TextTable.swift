/// Rows of cells, in columns of a common width. The last column has none.
struct TextTable {
  private var rows: [[Cell]] = []

  /// A text, and the style that it gets once it is cut and padded.
  struct Cell {
    let text: String
    let width: Int
    let mayBeCut: Bool
    let style: (String) -> String

    /// - Parameter mayBeCut: whether the text, such as a title, is cut where the terminal is too narrow for
    ///   the row.
    init(_ text: String, cut mayBeCut: Bool = false, style: @escaping (String) -> String = { $0 }) {
      self.text = TerminalText.line(text)
      width = TerminalText.width(self.text)
      self.mayBeCut = mayBeCut
      self.style = style
    }
  }

  mutating func add(_ cells: Cell...) { rows.append(cells) }

  mutating func add(_ cells: [Cell]) { rows.append(cells) }

  /// The table at its natural width.
  var text: String { text(within: nil) }

  /// The table in so many columns of a terminal, as far as its cells may be cut; nil is no limit.
  func text(within columns: Int?) -> String {
    let natural = widths
    let widths = columns.map { fit(natural, into: $0) } ?? natural
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let isCut = cell.mayBeCut && cell.width > widths[column]
        let text = isCut ? TerminalText.cut(cell.text, to: widths[column]) : cell.text
        let isLast = column == row.count - 1
        let padding = isLast ? 0 : widths[column] - (isCut ? TerminalText.width(text) : cell.width) + 2
        line += cell.style(text) + String(repeating: " ", count: max(0, padding))
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  /// The natural width of each column. A row's last cell does not count, unless it may be cut or is in the
  /// last column.
  private var widths: [Int] {
    let count = rows.map(\.count).max() ?? 0
    return (0..<count).map { column in
      rows.compactMap { row in
        guard column < row.count else { return nil }
        let counts = column < row.count - 1 || column == count - 1 || row[column].mayBeCut
        return counts ? row[column].width : nil
      }.max() ?? 0
    }
  }

  /// Narrows the widest columns that may be cut, down to a few characters.
  private func fit(_ natural: [Int], into columns: Int) -> [Int] {
    let least = 12
    var widths = natural
    let flexible = widths.indices.filter { column in
      rows.contains { column < $0.count && $0[column].mayBeCut }
    }
    var excess = widths.reduce(0, +) + 2 * max(0, widths.count - 1) - columns
    while excess > 0,
      let widest = flexible.filter({ widths[$0] > least }).max(by: { widths[$0] < widths[$1] })
    {
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }
}
