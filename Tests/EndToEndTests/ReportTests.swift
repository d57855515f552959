import CivilTime
import Control
import DesktopRig
import Glibc
import Journal
import Rituals
import Testing

/// The report of a real journal.
@Suite("A report, end to end")
struct ReportTests {
  private static let day: Int64 = 86_400_000_000

  /// Noon in UTC, so many days ago.
  private func noon(_ ago: Int64) -> Instant {
    let today = Int64(time(nil)) / 86_400 * 86_400
    return Instant(seconds: today + 43_200).advanced(byMicroseconds: -ago * Self.day)
  }

  private func record(
    _ journal: Journal, _ name: String, _ ago: Int64, _ end: Happening = .done(by: .command), title: String
  ) throws {
    let occurrence = Occurrence(ritual: try #require(RitualID(name)), scheduled: noon(ago))
    try journal.commit([.entry(Entry(occurrence, title: title, at: noon(ago), end))])
  }

  @Test("It counts what was done by day and week, also what became daily counts, and nothing else")
  func counts() async throws {
    let home = try Home()
    try home.configure(
      """
      [ritual.kiss]
      title = "Goodbye kiss"
      schedule = "08:05"
      takes = "2m"
      [ritual.walk]
      title = "A walk"
      schedule = "Sat 10:00"
      """)
    _ = try home.folder.makeFolder("state/ritual")
    do {
      let journal = try Journal(at: home.folder.path("state/ritual/journal.sqlite"))
      for ago in [0, 7, 8, 14, 420, 421] as [Int64] { try record(journal, "kiss", ago, title: "Old name") }
      try record(journal, "kiss", 15, .missed(.absent, count: 3), title: "Old name")
      try record(journal, "kiss", 16, .skipped(by: .command), title: "Old name")
      try record(journal, "walk", 7, title: "A walk")
      try record(journal, "gone", 7, title: "A ritual of before")
      #expect(
        try journal.compact(before: noon(400), in: .utc, now: noon(0), limit: 99) == 2,
        "a part of it is to be daily counts")
      try journal.commit([
        .note(Note(.warm, "", at: noon(7))), .note(Note(.appreciation, "You sang.", at: noon(7))),
        .note(Note(.hard, "", at: noon(7))), .note(Note(.note, "for us", at: noon(7))),
        .note(Note(.warm, "", at: noon(421))),
      ])
    }
    try await home.start()
    let short = try await home.ask(Summary.self, "report")
    #expect(short.weeks.count == 13)
    #expect(short.rituals.map(\.title) == ["Goodbye kiss", "A walk", "A ritual of before"])
    #expect(short.rituals.map(\.minutes) == [2, 5, 5])
    #expect(short.rituals[0].days.map(\.done) == [1, 1, 1, 1])
    #expect(short.weeks.reduce(0) { $0 + $1.done } == 6)
    #expect(short.weeks.reduce(0) { $0 + $1.minutes } == 18)
    #expect(short.weeks.reduce(0) { $0 + $1.warm } == 2 && short.weeks.reduce(0) { $0 + $1.hard } == 1)
    #expect(short.appreciations.map(\.text) == ["You sang."])
    let week = try #require(short.weeks.first { $0.hard == 1 })
    #expect(week.warm == 2 && week.done >= 3)

    let long = try await home.ask(Summary.self, "report", "--weeks", "104", "--discreet")
    #expect(long.weeks.count == 104 && long.appreciations.isEmpty)
    #expect(long.rituals[0].days.count == 6)
    #expect(long.weeks.reduce(0) { $0 + $1.warm } == 3)
    let page = home.folder.path("report.html")
    let output = try await home.ctl("report", "--html", page)
    #expect(output.status == 0 && output.output == "The report is in \(page)\n", "\(output.errors)")
    #expect(home.folder.read("report.html")?.contains("A ritual of before") == true)
    #expect(try await home.ctl("report", "--weeks", "521").status == EX_DATAERR)
  }
}
