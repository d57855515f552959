import DesktopRig

/// A manual page's source (mdoc(7)), as far as tests hold it to the programs.
struct ManualPage {
  /// Something that the page lists, such as a command, and all that is said of it.
  struct Item {
    /// Its first words: `schedule next`, `title`.
    let name: String
    let lines: [String]

    /// The long options that are listed for it, `--at`; short ones where they stand alone.
    var options: Set<String> { Set(lines.flatMap(ManualPage.options)) }
  }

  let lines: [String]

  init(_ name: String) throws {
    lines = try Repository.read("docs/man/\(name)").split(separator: "\n").map(String.init)
  }

  init(lines: [String]) { self.lines = lines }

  var text: String { lines.joined(separator: "\n") }

  /// The part below a heading.
  func section(_ heading: String) -> ManualPage {
    ManualPage(
      lines: Array(lines.drop { $0 != ".Sh \(heading)" }.dropFirst().prefix { !$0.hasPrefix(".Sh ") }))
  }

  /// The part that begins so.
  func section(opening start: String) -> ManualPage? {
    lines.filter { $0.hasPrefix(".Sh ") }.map { section(String($0.dropFirst(4))) }.first {
      $0.lines.first?.hasPrefix(start) == true
    }
  }

  /// What is listed as a command or a key (`.It Ic`), each with what is said of it up to the next one.
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

  /// What is listed in this way, word by word: `.It Ic missed , snooze` are two.
  func listed(_ macro: String) -> [String] {
    lines.filter { $0.hasPrefix(".It \(macro) ") }.flatMap { line in
      line.dropFirst(macro.utf8.count + 5).split(separator: " , ", omittingEmptySubsequences: true).map(
        String.init)
    }
  }

  /// The lines of its literal displays, each one text.
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
