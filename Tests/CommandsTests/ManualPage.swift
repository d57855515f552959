import DesktopRig

/// The source of a manual page (mdoc(7)), as far as tests compare it with the programs.
struct ManualPage {
  /// An item of a list, such as a command, and the lines below it.
  struct Item {
    /// The first words of the item, such as `schedule next` or `title`.
    let name: String
    let lines: [String]

    /// The options that are listed for it: long ones, such as `--at`, and short ones that stand alone.
    var options: Set<String> { Set(lines.flatMap(ManualPage.options)) }
  }

  let lines: [String]

  init(_ name: String) throws {
    lines = try Repository.read("docs/man/\(name)").split(separator: "\n").map(String.init)
  }

  init(lines: [String]) { self.lines = lines }

  var text: String { lines.joined(separator: "\n") }

  /// The section below a heading.
  func section(_ heading: String) -> ManualPage {
    ManualPage(
      lines: Array(lines.drop { $0 != ".Sh \(heading)" }.dropFirst().prefix { !$0.hasPrefix(".Sh ") }))
  }

  /// The section whose first line begins so.
  func section(opening start: String) -> ManualPage? {
    lines.filter { $0.hasPrefix(".Sh ") }.map { section(String($0.dropFirst(4))) }.first {
      $0.lines.first?.hasPrefix(start) == true
    }
  }

  /// The commands or keys (`.It Ic`), each with the lines up to the next one.
  var items: [Item] {
    var items: [Item] = []
    for line in lines {
      if line.hasPrefix(".It Ic ") {
        let words = line.dropFirst(7).split(separator: " ").map(String.init)
        let name = words.prefix { !["Ar", "Op", "Oo", "Cm", "Fl", "Pq"].contains($0) }
        items.append(Item(name: name.joined(separator: " "), lines: []))
      } else if line.hasPrefix(".Ss ") || line.hasPrefix(".Sh ") {
        items.append(Item(name: "", lines: []))
      } else if let last = items.popLast() {
        items.append(Item(name: last.name, lines: last.lines + [line]))
      }
    }
    return items.filter { !$0.name.isEmpty }
  }

  /// The words that are listed with a macro: `.It Ic missed , snooze` are two.
  func listed(_ macro: String) -> [String] {
    lines.filter { $0.hasPrefix(".It \(macro) ") }.flatMap { line in
      line.dropFirst(macro.utf8.count + 5).split(separator: " , ", omittingEmptySubsequences: true).map(
        String.init)
    }
  }

  /// The literal displays, each as one text.
  var examples: [String] {
    var examples: [String] = []
    var isInside = false
    for line in lines {
      if line.hasPrefix(".Bd -literal") {
        examples.append("")
        isInside = true
      } else if line == ".Ed" {
        isInside = false
      } else if isInside, let last = examples.popLast() {
        examples.append(last + line + "\n")
      }
    }
    return examples
  }

  /// The options of a list's line: `.It Fl n , Fl -count Ar count` has `-n` and `--count`.
  static func options(_ line: String) -> [String] {
    guard line.hasPrefix(".It Fl ") else { return [] }
    let words = line.split(separator: " ")
    return zip(words, words.dropFirst()).filter { $0.0 == "Fl" }.map { "-\($0.1)" }
  }
}
