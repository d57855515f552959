import Control
import DesktopRig
import InterfaceRig
import Testing

/// The screens of commands, in terminals of 80 and 120 columns.
@MainActor
@Suite("ritualctl in a terminal")
struct TerminalTests {
  let daemon: FakeDaemon

  init() throws { daemon = try FakeDaemon() }

  private func list() {
    func ritual(_ id: String, _ title: String, _ schedule: [String]) -> Control.Ritual {
      Control.Ritual(
        id: id, title: title, message: nil, schedule: schedule, normalized: [], timezone: "local",
        urgency: "normal", missed: "2h", snooze: ["10min"], enabled: false, next: nil, state: "disabled",
        file: nil, nudge: Control.Nudge(every: "15min", times: 0), quiet: "respect", private: false)
    }
    daemon.answer(
      "List",
      with: ListReply(rituals: [
        ritual("goodbye-kiss", "Goodbye kiss", ["Mon..Fri 08:05"]),
        ritual("hug", "抱擁抱擁抱擁抱擁抱擁抱擁抱擁抱擁 💋 every evening before dinner, in the kitchen", ["18:15"]),
        ritual("date", "Date night", ["RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"]),
      ]))
  }

  @Test("A list has room at 80 columns, its titles and schedules cut, and all aligned")
  func narrow() async throws {
    list()
    let screen = try await daemon.seen("list --no-color", columns: 80)
    #expect(
      screen == """
        goodbye-kiss  Goodbye kiss                 Mon..Fri 08:05               disabled
        hug           抱擁抱擁抱擁抱擁抱擁抱擁抱…  18:15                        disabled
        date          Date night                   RRULE:FREQ=WEEKLY;INTERVAL…  disabled
        """, "\(screen)")
  }

  @Test("At 120 columns more of it is seen")
  func wide() async throws {
    list()
    let screen = try await daemon.seen("list --no-color", columns: 120)
    #expect(
      screen == """
        goodbye-kiss  Goodbye kiss                                               Mon..Fri 08:05                         disabled
        hug           抱擁抱擁抱擁抱擁抱擁抱擁抱擁抱擁 💋 every evening before…  18:15                                  disabled
        date          Date night                                                 RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR  disabled
        """, "\(screen)")
  }

  @Test("In a pipe nothing is cut, at any width")
  func pipe() async throws {
    list()
    let terminal = try Tmux(
      "\(built("ritualctl")) list --socket \(daemon.folder.path("control.sock")) | cat > \(daemon.folder.path("out"))",
      in: daemon.folder, columns: 80, environment: daemon.environment)
    _ = try await terminal.ending()
    let text = try #require(daemon.folder.read("out"))
    #expect(text.contains("in the kitchen"))
    #expect(!text.contains("\u{1b}"))
  }

  @Test("A day keeps its times in sight, however long the titles are")
  func week() async throws {
    var day = try AgendaTests.today()
    day.entries[0] = try AgendaTests.entry(
      "A long walk around the lake, and tea afterwards", "2090-11-24T07:00", "missed", reason: "held")
    daemon.answer("Week", with: WeekReply(days: [day]))
    let screen = try await daemon.seen("week --no-color", columns: 80)
    #expect(
      screen == """
        Today · Fri 24 Nov
          07:00                 A long walk arou…  missed: it was kept back for too long
          07:30                 Check-in           done
          Thu 2090-11-23 22:15  Bedtime            missed: the machine was away
          08:05                 Goodbye kiss       skipped
          12:30                 抱擁 💋            snoozed until Fri 2090-11-24 13:00
          12:45                 Hug                kept back: the screen is locked
          18:00                 Hello kiss
        """, "\(screen)")
  }

  @Test("Colour is on a terminal, and not where somebody said no")
  func colors() async throws {
    list()
    #expect(try await daemon.seen("list", columns: 80, colored: true).contains("\u{1b}[1mgoodbye-kiss"))
    #expect(try await !daemon.seen("list --no-color", columns: 80, colored: true).contains("\u{1b}"))
    let refused = try await daemon.seen("list", columns: 80, colored: true, environment: ["NO_COLOR": "1"])
    #expect(!refused.contains("\u{1b}"))
    let empty = try await daemon.seen("list", columns: 80, colored: true, environment: ["NO_COLOR": ""])
    #expect(empty.contains("\u{1b}[1m"))
  }
}
