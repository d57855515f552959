import Journal
import Testing

/// A version that meets a word which it does not know shows it as such and cannot act on it. So the format
/// rises with every new word, and an earlier version refuses the file and says so
/// (docs/decisions/0015-words-of-a-later-version.md).
@Suite("The journal's words and its format")
struct VocabularyTests {
  /// The words that each format brought, by table and column. A line is never changed: a new word gets a line
  /// of its own, with the next format, and a migration in `Schema` (one that brings words alone is a comment
  /// that names them).
  static let brought: [(format: Int, words: [String: Set<String>])] = [
    (
      7,
      [
        "occurrence.phase": ["due", "shown", "closed", "snoozed"],
        "occurrence.outcome": ["done", "skipped", "missed", "expired"],
        "entry.happening": [
          "due", "shown", "undelivered", "held", "nudged", "closed", "snoozed", "done", "skipped", "missed",
          "expired",
        ],
        "entry.answerer": ["notification", "command", "pause", "timeout", "calendar"],
        "entry.reason of held": [
          "paused", "timeout", "quiet-hours", "locked", "do-not-disturb", "idle", "screen-shared",
        ],
        "entry.reason of closed": ["timed-out", "dismissed", "unknown"],
        "entry.reason of missed": ["absent", "undelivered", "held"],
        "entry.reason of expired": ["superseded", "removed"],
        "standing_order.subject": ["pause", "discretion"],
        "timeout.stage": ["resting", "asking", "asked", "offering"],
        "daily_count.outcome": ["done", "skipped", "missed", "expired"],
        "note.kind": ["appreciation", "warm", "hard", "note"],
      ]
    ),
    (8, ["entry.reason of missed": ["clock"]]),
  ]

  /// Columns of text that hold no words of ours: names, what the user wrote, where something is on a screen.
  static let free: Set<String> = [
    "occurrence.ritual", "occurrence.title", "occurrence.server", "occurrence.prompt", "entry.title",
    "entry.server", "tracking.ritual", "tracking.fingerprint", "tracking.server", "standing_order.ritual",
    "daily_count.ritual", "note.text", "note.ritual", "note.guide", "draw.deck", "draw.prompt",
    "timeout.server", "calendar_event.calendar", "calendar_event.event", "calendar_event.ritual",
  ]

  @Test("Every word came with a format that there is")
  func formats() {
    var listed: [String: Set<String>] = [:]
    for (format, words) in Self.brought {
      #expect(format <= Vocabulary.format, "there is no format \(format) yet: add its migration to Schema")
      for (column, words) in words {
        #expect(listed[column, default: []].isDisjoint(with: words), "\(column): there before \(format)")
        listed[column, default: []].formUnion(words)
      }
    }
    let order = Self.brought.map(\.format)
    #expect(order == Set(order).sorted(), "a line for each format, in their order")
    let advice: Comment = """
      a word was added or taken away: raise the format by a migration in Schema, and give the word a line of \
      that format here and in docs/journal.md
      """
    #expect(Vocabulary.words.mapValues { Set($0) } == listed, advice)
  }

  @Test("Every column of text is one of words, or is known to be free")
  func columns() throws {
    let folder = TemporaryFolder()
    _ = try Journal(at: folder.journal)
    let found = OtherProgram(folder.journal).text(
      """
      SELECT group_concat(tables.name || '.' || columns.name)
      FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
      WHERE tables.type = 'table' AND columns.type = 'TEXT'
      """)
    let columns = Set(try #require(found).split(separator: ",").map(String.init))
    let ofWords = Set(Vocabulary.words.keys.map { $0.split(separator: " ").first.map(String.init) ?? "" })
    #expect(ofWords.isDisjoint(with: Self.free))
    #expect(columns == ofWords.union(Self.free))
  }

  @Test("Every word is documented with its table")
  func documented() throws {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let text = String(decoding: File.bytes("/\(root)/docs/journal.md"), as: UTF8.self)
    let sections = text.split(separator: "\n## ")
    for (column, words) in Vocabulary.words where column != "daily_count.outcome" {
      let table = column.split(separator: ".")[0]
      let section = try #require(sections.first { $0.hasPrefix("`\(table)`") }, "\(table)")
      for word in words { #expect(section.contains("`\(word)`"), "\(column): \(word)") }
    }
  }
}
