import Control
import DesktopRig
import InterfaceRig
import Testing

/// Words of a later version in a real journal, put there by the `sqlite3` command.
@Suite("Words of a later version, end to end")
struct UnknownWordsTests {
  private let phrase = "something that this version does not know"

  /// The output of `sqlite3`.
  @discardableResult
  private func sqlite(_ home: Home, _ sql: String) async throws -> String {
    let path = home.folder.path("state/ritual/journal.sqlite")
    let output = try await ChildProcess.run("sqlite3", [path, sql], environment: home.environment)
    try #require(output.status == 0, "\(output.errors)")
    return output.output
  }

  /// A daemon with one reminder that was answered.
  private func makeHome() async throws -> Home {
    let home = try Home()
    try home.configure(dueIn: 5)
    try await home.start()
    _ = try await Watch(home).entry("due")
    #expect(try await home.ctl("done", "goodbye-kiss").status == 0)
    return home
  }

  @Test("An answerer: log and why tell it as such, and all the rest as ever, also after a restart")
  func answerer() async throws {
    let home = try await makeHome()
    try await sqlite(
      home,
      """
      INSERT INTO entry (occurrence, at, title, happening, answerer)
      SELECT id, changed, title, 'done', 'phone' FROM occurrence
      """)
    for _ in 1...2 {
      for words in [["log"], ["log", "goodbye-kiss"], ["why", "goodbye-kiss"]] {
        let output = try await ChildProcess.run(built("ritualctl"), words, environment: home.environment)
        #expect(output.status == 0, "\(words): \(output.errors)")
        #expect(output.output.contains("  done\n"), "\(words): \(output.output)")
        #expect(output.output.hasSuffix("  done, by \(phrase)\n"), "\(words): \(output.output)")
      }
      let log = try await home.ask([Control.Entry].self, "log")
      #expect(log.filter { $0.what == "done" }.map(\.by) == ["command", "phone"])
      #expect(try await home.ask(Explanation.self, "why", "goodbye-kiss").last.last?.by == "phone")
      #expect(try await home.ask(Summary.self, "report").rituals.flatMap(\.days).map(\.done) == [1])
      home.daemon?.kill()
      try await home.start()
    }
    #expect(try await home.ask(State.self, "status").journalDisplaced == nil)
  }

  @Test("The daemon starts with a phase, an order, a stage and a note that it does not know, and loses none")
  func start() async throws {
    let home = try await makeHome()
    home.daemon?.kill()
    try await sqlite(
      home,
      """
      UPDATE occurrence SET outcome = NULL, phase = 'ringing';
      INSERT INTO entry (occurrence, at, title, happening)
        SELECT id, changed, title, 'celebrated' FROM occurrence;
      INSERT INTO standing_order (subject, ritual, since) VALUES ('vacation', '', 1);
      INSERT INTO timeout (id, since, until, stage)
        SELECT 1, changed, changed + 3600000000, 'breathing' FROM occurrence;
      INSERT INTO note (at, kind, text) SELECT changed, 'dream', 'the sea' FROM occurrence;
      """)
    try await home.start()
    let warning = "does not know, in: occurrence.phase, standing_order.subject, timeout.stage"
    #expect(home.log?.all.contains { $0.contains(warning) } == true)
    let state = try await home.ask(State.self, "status")
    #expect(state.journalDisplaced == nil && state.journalFailure == nil)
    // An unknown stage counts as resting, and holds the ritual.
    #expect(state.reminders.map(\.ritual) == ["goodbye-kiss"] && state.reminders.map(\.phase) == ["held"])
    #expect(state.orders.map(\.what) == ["timeout"])
    #expect(try await home.ctl("log").output.contains("  \(phrase)\n"))
    let log = try await home.ask([Control.Entry].self, "log")
    #expect(log.filter { $0.what == "unknown" }.map(\.word) == ["celebrated"])
    #expect(try await home.ctl("notes").output.hasSuffix("  \(phrase)  the sea\n"))
    #expect(try await home.ask([Control.Note].self, "notes").map(\.word) == ["dream"])
    #expect(try await home.ctl("report").status == 0)
    // The ritual can be answered, and an order given here leaves the other version's order alone.
    #expect(try await home.ctl("done", "goodbye-kiss").status == 0)
    #expect(try await home.ctl("pause").status == 0)
    #expect(try await home.ctl("resume").status == 0)
    #expect(try await sqlite(home, "SELECT subject FROM standing_order") == "vacation\n")
    #expect(try await sqlite(home, "SELECT phase, outcome FROM occurrence") == "|done\n")
  }
}
