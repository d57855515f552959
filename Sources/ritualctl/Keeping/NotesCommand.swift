import ArgumentParser
import Control
import Escaping
import Settings
import SystemZones

struct NotesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "notes", abstract: "What you wrote: appreciations, moments, and notes from guides.")

  @Option(help: "From a time on, such as 2026-11-01, yesterday or \"3 days ago\".")
  var since: String?

  @Option(
    help: ArgumentHelp("appreciation, warm, hard or note; all by default.", valueName: "kind"),
    completion: .list(["appreciation", "warm", "hard", "note"]))
  var kind: String?

  @Option(name: [.customShort("n"), .customLong("count")], help: "How many of the latest, up to 100000.")
  var count = 1000

  @Option(
    help: ArgumentHelp(
      """
      Writes them to a file as Markdown, for your eyes only (a new file has mode 0600); - is standard output.
      """,
      valueName: "file"),
    completion: .file())
  var export: String?

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let request = NotesRequest(since: since, kind: kind, limit: count)
    // A terminal has no use for a text of megabytes.
    let isWhole = export != nil || options.json
    let notes = try isWhole ? options.daemon.wholeNotes(request) : options.daemon.notes(request)
    if let export, OutputFile.isStandard(export) { return Terminal.write(NotesDocument(notes).text) }
    if let export {
      try OutputFile.write(NotesDocument(notes).text, to: export)
      return try options.print(Exported(file: export, notes: notes.count)) { _ in
        "\(Wording.count(notes.count, "note", "notes")), in \(TerminalText.line(export))"
      }
    }
    try options.print(notes) { style in text(notes, style) }
  }

  private struct Exported: Encodable {
    let file: String
    let notes: Int
  }

  private func text(_ notes: [Control.Note], _ style: Style) -> String {
    guard !notes.isEmpty else { return "Nothing is written down yet. Start with: ritualctl appreciate" }
    let now = SystemClock.now
    var table = TextTable()
    for note in notes {
      table.add(
        .init(note.id.map { "\($0)" } ?? "–", style: style.dim),
        .init(When(note.at, now: now).absolute, style: style.dim), .init(Wording.kind(note)),
        .init(Self.words(of: note)))
    }
    return table.text
  }

  /// The text of a note; of a long one that an older version took, the beginning.
  private static func words(of note: Control.Note) -> String {
    guard let length = note.length else { return note.text }
    return "\(note.text)… (\(length) bytes in all; --export has them)"
  }
}

/// Notes as a Markdown document, with a section for each day.
struct NotesDocument {
  let text: String

  init(_ notes: [Control.Note]) {
    var lines = ["# Notes", ""]
    var day = ""
    for note in notes {
      let date = String(note.at.at.prefix(10))
      if date != day {
        lines += ["## \(Escaped.markdown(date))", ""]
        day = date
      }
      let words = Escaped.lines(note.text).map(Escaped.markdown)
      let head = "\(note.at.at.dropFirst(11).prefix(5)), \(Wording.kind(note))"
      lines.append("- " + Escaped.markdown(head) + (note.text.isEmpty ? "" : ": \(words[0])"))
      lines += words.dropFirst().map { $0.isEmpty ? "" : "  \($0)" }
      lines.append("")
    }
    text = lines.joined(separator: "\n")
  }
}
