/// Rows with their columns below each other; the last column is as long as it likes.
struct Table {
  private var rows: [[Cell]] = []

  /// A text, and how it is styled once it has its width.
  struct Cell {
    let text: String
    let style: (String) -> String

    init(_ text: String, style: @escaping (String) -> String = { $0 }) {
      self.text = Plain.text(text)
      self.style = style
    }
  }

  mutating func add(_ cells: Cell...) { rows.append(cells) }

  var text: String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.compactMap { column < $0.count - 1 ? Plain.width($0[column].text) : nil }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let isLast = column == row.count - 1
        let padding = isLast ? 0 : widths[column] - Plain.width(cell.text) + 2
        line += cell.style(cell.text) + String(repeating: " ", count: padding)
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
