import Control
import DesktopRig
import InterfaceRig
import Testing

/// Titles and notes in which a sign of a language (`<`, `*`, `"`) is one Character with its neighbour, or
/// which have scalars that nobody sees and programs obey.
@MainActor
@Suite("Words with dangerous scalars")
struct ScalarTests {
  /// A `<` before a combining mark, a `<` after a sign that stands over what follows, an override, a tag and
  /// a mark of direction.
  nonisolated static let title = "A<\u{338}b>\u{600}<i>\u{202e}x\u{e0041}\u{200f}y"
  let daemon: FakeDaemon

  init() throws {
    daemon = try FakeDaemon()
    let at = try FakeDaemon.moment("2090-11-24T07:00")
    let note = Control.Note(id: 1, at: at, kind: "note", text: Self.words, ritual: nil, guide: nil)
    daemon.answer("Notes", with: NotesReply(notes: [note]))
    try comes(Self.title)
  }

  /// Makes a ritual of this title the next one, and the only one of its day.
  private func comes(_ title: String) throws {
    let next = Coming(ritual: "d", title: title, scheduled: try FakeDaemon.moment("2090-11-24T18:00"))
    let at = try FakeDaemon.moment("2090-11-24T07:00")
    daemon.answer(
      "Today", with: TodayReply(date: "2090-11-24", entries: [], reminders: [], coming: [next]))
    daemon.answer(
      "Status",
      with: StatusReply(
        state: State(
          version: "1", pid: 1, since: at, timezone: "Europe/Berlin", configuration: "/r.toml", rituals: 1,
          problems: [], journal: "j", journalFailure: nil, journalDisplaced: nil, waiting: 0, server: nil,
          serverFailure: nil, next: next, reminders: [], orders: [], session: [], away: [])))
  }

  /// A note with marks of Markdown and of HTML, and with line ends of every kind.
  nonisolated static let words =
    "<\u{338}img src=x>\u{600}<b>*\u{308}bold*\u{200d}\r\n#\u{20e3} head\u{2028}1. list\u{85}=\u{338}==\u{7}"

  /// True if the scalars of `part` stand somewhere in `text`, whatever Characters they are part of there.
  private func has(_ text: String, _ part: String) -> Bool { text.utf8.firstRange(of: part.utf8) != nil }

  @Test("waybar's markup has no sign of markup from a title, whatever stands beside it")
  func waybar() async throws {
    let output = try await daemon.ctl("bar", "--format", "waybar")
    #expect(output.status == 0, "\(output.errors)")
    #expect(has(output.output, "A&lt;\u{338}b&gt;\u{600}&lt;i&gt;"), "\(output.output)")
    for sign in ["<", ">"] { #expect(!has(output.output, sign), "\(output.output)") }
    #expect(has(output.output, "i&gt;\u{fffd}xy"), "\(output.output)")
  }

  @Test("A plain bar begins no command of polybar's or tmux's from a title")
  func bar() async throws {
    try comes("%{A1:xterm:}x#[fg=red]#{pid}")
    let output = try await daemon.ctl("bar").output
    #expect(output.hasSuffix(" % {A1:xterm:}x# [fg=red]# {pid}\n"), "\(output)")
  }

  @Test("Notes in Markdown have no mark of Markdown from their words, whatever stands beside it")
  func markdown() async throws {
    let output = try await daemon.ctl("notes", "--export", "-")
    #expect(output.status == 0, "\(output.errors)")
    let expected = """
      # Notes

      ## 2090-11-24

      - 07:00, note: \\<\u{338}img src=x\\>\u{600}\\<b\\>\\*\u{308}bold\\*\u{200d}
        \\#\u{20e3} head
        1\\. list
        \\=\u{338}==\u{fffd}

      """
    #expect(Array(output.output.unicodeScalars) == Array(expected.unicodeScalars), "\(output.output)")
  }

  @Test("A report's page has no sign of HTML from its words, and nothing that turns or hides them")
  func page() async throws {
    let at = try FakeDaemon.moment("2090-11-24T07:00")
    let note = Control.Note(id: 1, at: at, kind: .appreciation, text: Self.words, ritual: nil, guide: nil)
    let day = SummaryDay(date: "2090-11-20", done: 1)
    daemon.answer(
      "Report",
      with: ReportReply(
        summary: Summary(
          first: "2090-11-20", today: "2090-11-24",
          weeks: [SummaryWeek(monday: "2090-11-20", done: 0, minutes: 0, warm: 0, hard: 0)],
          rituals: [SummaryRitual(ritual: "d", title: Self.title, minutes: 2, days: [day])],
          appreciations: [note])))
    let page = try await daemon.ctl("report", "--html", "-").output
    #expect(has(page, "A&lt;\u{338}b&gt;\u{600}&lt;i&gt;\u{fffd}xy"), "\(page)")
    #expect(
      has(
        page, "&lt;\u{338}img src=x&gt;\u{600}&lt;b&gt;*\u{308}bold*\u{200d}<br>#\u{20e3} head<br>1. list<br>"
      ),
      "\(page)")
  }

  @Test("--json writes them as escapes, in pairs of surrogates above U+FFFF")
  func json() async throws {
    let output = try await daemon.ctl("status", "--json").output
    #expect(has(output, "\u{600}<i>\\u202ex\\udb40\\udc41\\u200fy\""), "\(output)")
    let notes = try await daemon.ctl("notes", "--json").output
    #expect(
      has(notes, "bold*\u{200d}\\r\\n#\u{20e3} head\\u20281. list\\u0085=\u{338}==\\u0007\""), "\(notes)")
  }

  @Test("A command that prints a path as it is commands no terminal: colours of its own are all that stays")
  func paths() async throws {
    daemon.answer("Remove", with: RemoveReply(file: "/x\u{1b}[7m\u{1b}]0;title\u{7}\u{202e}/\u{e0041}y"))
    let shown = "/x\u{fffd}[7m\u{fffd}]0;title\u{fffd}\u{fffd}/y"
    let output = try await daemon.ctl("remove", "d").output
    #expect(Array(output.unicodeScalars) == Array("d: removed\n\(shown)\n".unicodeScalars), "\(output)")
    let colored = try await daemon.seen("remove d", columns: 80, colored: true)
    #expect(has(colored, "\u{1b}[2m\(shown)"), "\(colored)")
  }

  @Test(
    "A command that is printed for a shell runs nothing of a path, and means that path",
    arguments: ["/a b/it's $(id)`id`\\", "/a\u{1b}'\u{202e}8\\$(id)"])
  func shell(path: String) async throws {
    daemon.answer("Forget", with: ForgetReply(notes: 0, occurrences: 0, files: [], setAside: [path]))
    let output = try await daemon.ctl("forget", "--everything", "--yes").output
    let line = try #require(output.split(separator: "\n").last { $0.hasPrefix("  rm ") })
    let word = line.dropFirst(5).dropLast()
    let said = try await ChildProcess.run(
      "bash", ["-c", "printf %s \(word)"], environment: daemon.environment)
    #expect(Array(said.output.unicodeScalars) == Array(path.unicodeScalars), "\(output) \(said.errors)")
  }

  @Test("A terminal gets none of them")
  func terminal() async throws {
    let output = try await daemon.ctl("status").output
    #expect(has(output, "A<\u{338}b>\u{600}<i>\u{fffd}xy"), "\(output)")
    let notes = try await daemon.ctl("notes").output
    #expect(has(notes, "bold*\u{200d} #\u{20e3} head 1. list =\u{338}==\u{fffd}"), "\(notes)")
  }
}
