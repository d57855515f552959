import Control
import DesktopRig
import FoundationEssentials
import Glibc
import Testing

/// The report as people see it. Its figures are those of a fake daemon.
@MainActor
@Suite("The report")
struct ReportTests {
  let daemon: FakeDaemon
  var folder: TemporaryFolder { daemon.folder }

  init() throws { daemon = try FakeDaemon() }

  /// Thirteen weeks up to Friday, 2026-11-27.
  static let mondays = [
    "2026-08-31", "2026-09-07", "2026-09-14", "2026-09-21", "2026-09-28", "2026-10-05", "2026-10-12",
    "2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23",
  ]

  static let title = "Kiss <b>& a title that is far too long for a line of a terminal</b>"

  static var summary: Summary {
    get throws {
      let moment = try JSONDecoder().decode(
        Moment.self, from: Data("{\"at\":\"2026-11-26T21:05:00+01:00\",\"unix\":1795723500}".utf8))
      let weeks = mondays.enumerated().map { index, monday in
        SummaryWeek(
          monday: monday, done: index, minutes: index == 4 ? 480 : Double(index) * 25, warm: index % 3,
          hard: index % 6 == 5 ? 1 : 0)
      }
      let days = [("2026-11-23", 1), ("2026-11-24", 12), ("2026-11-27", 1), ("2026-09-01", 1)].sorted {
        $0 < $1
      }
      let kiss = SummaryRitual(
        ritual: "kiss", title: title, minutes: 2, days: days.map { SummaryDay(date: $0.0, done: $0.1) })
      let date = SummaryRitual(
        ritual: "date", title: "約束の夜", minutes: 120, days: [SummaryDay(date: "2026-09-04", done: 1)])
      let words =
        "You held <script>alert(1)</script> my \"hand\" & said nothing,\nfor a very long time indeed, all the way home."
      let note = Control.Note(id: 1, at: moment, kind: .appreciation, text: words, ritual: nil, guide: nil)
      return Summary(
        first: mondays[0], today: "2026-11-27", weeks: weeks, rituals: [kiss, date], appreciations: [note])
    }
  }

  private func report(_ summary: Summary, _ arguments: String...) async throws -> Output {
    daemon.answer("Report", with: ReportReply(summary: summary))
    return try await daemon.ctl(["report"] + arguments)
  }

  @Test("In a terminal it fits 80 columns and needs no colour")
  func terminal() async throws {
    let output = try await report(try Self.summary)
    #expect(output.status == 0, "\(output.errors)")
    let lines = output.output.split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines { #expect(line.count <= 80, "\(line)") }
    #expect(!output.output.contains("\u{1b}"))
    #expect(lines.first == "This week, 23 Nov to 27 Nov")
    #expect(lines.contains("28 Sep  ████████████████████████████████████████  8 h"))
    #expect(lines.contains("31 Aug  ·····························|··········  0 min"))
    #expect(lines.contains("                                    Mon  Tue  Wed  Thu  Fri  Sat  Sun"))
    #expect(
      lines.contains {
        $0.hasPrefix("Kiss <b>& a title") && $0.hasSuffix("…    1   12    ·    ·    1    ·    ·")
      })
    #expect(!output.output.contains("約束"), "it did not happen this week")
    #expect(
      output.output.contains("12 warm moments and 2 hard ones were written down. That is about 6 to 1."))
    #expect(output.output.contains("26 Nov  You held"))
  }

  @Test("A word that is longer than a line is broken")
  func longWord() async throws {
    var summary = try Self.summary
    summary.appreciations[0].text = "So " + String(repeating: "long", count: 40)
    let lines = try await report(summary).output.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines)")
    #expect(lines.joined().filter { $0 != " " }.contains(String(repeating: "long", count: 40)))
  }

  @Test("A beginning is told kindly")
  func nothing() async throws {
    let weeks = Self.mondays.map { SummaryWeek(monday: $0, done: 0, minutes: 0, warm: 0, hard: 0) }
    let summary = Summary(
      first: Self.mondays[0], today: "2026-11-27", weeks: weeks, rituals: [], appreciations: [])
    let output = try await report(summary).output
    #expect(output.contains("The week is still open."))
    #expect(output.contains("No moments were written down. Start with: ritualctl moment +"))
    let page = try await page(summary)
    #expect(!page.contains("What happened</h2>") && !page.contains("appreciated"))
  }

  @Test(
    "Nothing in it counts what was missed, or a streak",
    arguments: ["missed", "streak", "lost", "failed", "only"])
  func kind(word: String) async throws {
    let text = try await report(try Self.summary).output.lowercased()
    let page = try await page(try Self.summary).lowercased()
    #expect(!text.contains(word) && !page.contains(word))
  }

  /// The page, written by the command.
  private func page(_ summary: Summary) async throws -> String {
    let output = try await report(summary, "--html", folder.path("report.html"))
    #expect(output.status == 0, "\(output.errors)")
    return folder.read("report.html") ?? ""
  }

  @Test("The page is private, asks nobody for anything, and words are words in it")
  func selfContained() async throws {
    let page = try await page(try Self.summary)
    var status = stat()
    #expect(stat(folder.path("report.html"), &status) == 0 && status.st_mode & 0o777 == 0o600)
    for word in ["http:", "https:", "src=", "href=", "url(", "@import", "<script", "onload"] {
      #expect(!page.contains(word), "\(word)")
    }
    #expect(
      page.contains("&lt;script&gt;alert(1)&lt;/script&gt; my &quot;hand&quot; &amp; said nothing,<br>for"))
    #expect(page.contains("Kiss &lt;b&gt;&amp; a title"))
    #expect(page.contains("<td class=\"done\">12</td>"))
    #expect(page.contains("content=\"default-src 'none'"))
    #expect(folder.names(in: "").filter { $0.contains(".new") }.isEmpty)
  }

  struct View: Sendable, CustomTestStringConvertible {
    let width: Int
    let isDark: Bool
    var testDescription: String { "\(width) pixels, \(isDark ? "dark" : "light")" }
  }

  @Test(
    "Everybody can read the page: axe-core finds nothing, and it is as wide as the window",
    .enabled(if: Chromium.isThere, "no chromium or no axe-core here; make deps-test brings them"),
    arguments: [
      View(width: 1100, isDark: false), View(width: 390, isDark: false), View(width: 1100, isDark: true),
    ])
  func accessible(_ view: View) async throws {
    let page = try await page(try Self.summary)
    let chromium = Chromium(folder)
    let found = try await chromium.look(at: page, width: view.width, isDark: view.isDark)
    #expect(found.violations == [])
    for rule in ["color-contrast", "heading-order", "region", "td-headers-attr", "html-has-lang"] {
      #expect(found.passes.contains(rule), "\(rule) was not looked at")
    }
    #expect(found.excess <= 0, "it is wider than its window")
    // The picture is for people to look at.
    let picture = Repository.root + "/.build/report-\(view.width)\(view.isDark ? "-dark" : "").png"
    unlink(picture)
    try await chromium.picture(of: page, width: view.width, isDark: view.isDark, to: picture)
    #expect(access(picture, R_OK) == 0)
  }
}
