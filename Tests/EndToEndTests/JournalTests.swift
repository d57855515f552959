import CSQLite
import CivilTime
import Control
import DesktopRig
import Glibc
import InterfaceRig
import Journal
import Rituals
import Testing

/// The daemon on disks and files that fail.
@Suite("The daemon and its journal")
struct JournalTests {
  @Test("Another program's file is set aside, untouched, and status says where it is")
  func foreign() async throws {
    let home = try Home()
    let text = String(repeating: "A diary, not a database.\n", count: 100)
    _ = try home.folder.makeFolder("state/ritual")
    try home.folder.write(text, to: "state/ritual/journal.sqlite")
    try await home.start()
    let state = try await home.ask(State.self, "status")
    let aside = try #require(asides(home).first)
    #expect(state.journalDisplaced?.contains(aside) == true, "\(state.journalDisplaced ?? "nothing")")
    #expect(state.journalFailure == nil)
    #expect(home.folder.read("state/ritual/\(aside)") == text)
    #expect(try await home.ctl("status").output.contains(aside))
    #expect(home.log?.all.contains { $0.contains(aside) } == true)
    // The message is not repeated forever.
    home.daemon?.end()
    try await home.start()
    #expect(try await home.ask(State.self, "status").journalDisplaced == nil)
  }

  @Test(
    "On a full disk it goes on from memory and says so; with room again, all is in the journal, once",
    .limitsFiles
  )
  func full() async throws {
    let home = try Home()
    try home.configure(dueIn: 3600)
    // Room for the tables, and little more.
    try await home.start(fileLimit: 120_000)
    var refused: State?
    for hours in 1...80 where refused == nil {
      #expect(try await home.ctl("pause", "goodbye-kiss", "--until", "\(hours)h").status == 0)
      let state = try await home.ask(State.self, "status")
      if state.journalFailure != nil { refused = state }
    }
    let state = try #require(refused, "the disk was never full")
    #expect(state.journalFailure?.contains("no space") == true, "\(state.journalFailure ?? "")")
    #expect(state.waiting > 0)
    #expect(try await home.ctl("status").output.contains("waiting"))
    // The daemon continues meanwhile.
    #expect(try await home.ctl("pause", "goodbye-kiss").status == 0)
    #expect(try await home.ask(State.self, "status").orders.map(\.until) == [nil])

    try await home.liftFileLimit()
    // The next change writes all waiting ones too.
    #expect(try await home.ctl("discreet", "on").status == 0)
    let caught = try await home.ask(State.self, "status")
    #expect(caught.journalFailure == nil && caught.waiting == 0)
    home.daemon?.kill()
    try await home.start()
    #expect(try await home.ask(State.self, "status").orders.map(\.what) == ["paused", "discreet"])
  }

  @Test(
    "On a disk that fills up, or is read-only, it goes on from memory; with room again, all is in the journal",
    .enabled("nobody can mount a disk here but root, outside of most containers") { try await Home.canMount },
    arguments: ["size=256k", "ro"])
  func disk(options: String) async throws {
    let home = try Home()
    try home.configure(dueIn: 3600)
    try await home.start(onDisk: options)
    var refused: State?
    for hours in 1...200 where refused == nil {
      #expect(try await home.ctl("pause", "goodbye-kiss", "--until", "\(hours)h").status == 0)
      let state = try await home.ask(State.self, "status")
      if state.journalFailure != nil { refused = state }
    }
    let state = try #require(refused, "the disk never failed")
    #expect(state.waiting > 0)
    #expect(try await home.ctl("pause", "goodbye-kiss").status == 0)
    #expect(try await home.ask(State.self, "status").orders.map(\.until) == [nil])

    try await home.remount("rw,size=8m")
    #expect(try await home.ctl("discreet", "on").status == 0)
    let caught = try await home.ask(State.self, "status")
    #expect(caught.journalFailure == nil && caught.waiting == 0, "\(caught.journalFailure ?? "")")
    try await home.copy("state/ritual", to: "data/copy")
    let orders = try Journal(at: home.folder.path("data/copy/journal.sqlite"))
      .reader.snapshot(at: Instant(seconds: Int64(time(nil)))).orders
    #expect(orders.map(\.subject) == [.pause(RitualID("goodbye-kiss")), .discretion])
    #expect(orders.allSatisfy { $0.until == nil })
  }

  @Test("On a disk that is full from the beginning it starts from memory, and catches up", .limitsFiles)
  func fullAtStart() async throws {
    let home = try Home()
    let due = try home.configure(dueIn: 10)
    // Enough for the number of a process, and for no table.
    try await home.start(fileLimit: 100)
    #expect(try await home.ask(State.self, "status").journalFailure != nil)
    let watch = try await Watch(home)
    #expect(try await watch.entry("due").scheduled.unix == Double(due))
    // Entries that are only in memory are in the log too.
    #expect(try await home.ask([Control.Entry].self, "log").first?.what == "due")
    #expect(try await home.ctl("skip", "goodbye-kiss").status == 0)
    #expect(try await home.ctl("pause", "goodbye-kiss").status == 0)
    try await home.liftFileLimit()
    _ = try await home.log?.next { $0.contains("written again") }
    let log = try await home.ask([Control.Entry].self, "log")
    #expect(log.count { $0.what == "due" } == 1 && log.count { $0.what == "skipped" } == 1)
    home.daemon?.kill()
    try await home.start()
    #expect(try await home.ask([Control.Entry].self, "log") == log)
    #expect(try await home.ask(State.self, "status").orders.map(\.what) == ["paused"])
  }

  @Test("Where a folder has the place of the copy before a new format, it goes on from memory and catches up")
  func copyBlocked() async throws {
    let home = try Home()
    let path = try makeFormer(home)
    _ = try home.folder.makeFolder("state/ritual/journal.sqlite.format-8")
    try home.configure("[ritual.hug]\ntitle = \"Hug\"\nschedule = \"@\(time(nil) + 10)\"\n")
    try await home.start()
    let state = try await home.ask(State.self, "status")
    let failure = try #require(state.journalFailure)
    #expect(failure.hasPrefix("\(path).format-8: ") && failure.contains("it is a folder; move it away"))
    // The orders of the journal are in force, and reminders come.
    #expect(state.orders.contains { $0.what == "discreet" })
    #expect(try await home.ask([Control.Note].self, "notes").count == 4)
    let watch = try await Watch(home)
    while try await watch.entry("due").ritual != "hug" {}
    #expect(try await home.ctl("skip", "hug").status == 0)
    #expect(try read(path)[63] == 8)

    try home.folder.rename("state/ritual/journal.sqlite.format-8", to: "obstacle")
    #expect(try await home.ctl("pause", "hug").status == 0)
    _ = try await home.log?.next { $0.contains("is kept as \(path).format-8") }
    _ = try await home.log?.next { $0.contains("written again") }
    #expect(try await home.ask(State.self, "status").journalFailure == nil)
    home.daemon?.kill()
    #expect(try read(path + ".format-8")[63] == 8)
    let reader = try Journal(at: path).reader
    let entries = try reader.history(limit: 100).filter { $0.occurrence.ritual.text == "hug" }
    #expect(entries.count { $0.happening == .due } == 1)
    #expect(entries.last?.happening == .skipped(by: .command))
    let orders = try reader.snapshot(at: Instant(seconds: Int64(time(nil)))).orders.map(\.subject)
    #expect(orders.contains(.discretion) && orders.contains(.pause(RitualID("hug"))))
  }

  /// Writes a journal of format 8; returns its path.
  private func makeFormer(_ home: Home) throws -> String {
    let path = try home.folder.makeFolder("state/ritual") + "/journal.sqlite"
    var handle: OpaquePointer?
    defer { sqlite3_close(handle) }
    try #require(sqlite3_open(path, &handle) == SQLITE_OK)
    // A timeout would hold reminders.
    let sql = try Repository.read("Tests/JournalFormats/format-8.sql") + "DELETE FROM timeout;"
    try #require(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
    return path
  }

  @Test(
    "Damage that only a look at the whole file finds is found after the start; memory goes on in a new one")
  func damagedHistory() async throws {
    let home = try Home()
    try home.configure(dueIn: 3600)
    let path = home.folder.path("state/ritual/journal.sqlite")
    let open = try makeHistory(path)
    try damageHistory(path)
    try await home.start()
    _ = try await home.log?.next { $0.contains("a new one was begun") }
    let state = try await home.ask(State.self, "status")
    #expect(asides(home).count == 1)
    #expect(state.journalDisplaced?.contains("damaged") == true)
    #expect(state.journalFailure == nil)
    #expect(state.orders.map(\.ritual) == ["goodbye-kiss"])
    #expect(state.reminders.map(\.scheduled.unix) == [open])
    // The new journal has all of it.
    home.daemon?.kill()
    try await home.start()
    let again = try await home.ask(State.self, "status")
    #expect(again.orders == state.orders)
    #expect(again.reminders.map(\.scheduled.unix) == [open])
    #expect(again.journalDisplaced == nil)
    #expect(asides(home).count == 1)
  }

  @Test("History older than a year becomes daily counts after the start, and its last entry stays")
  func compacted() async throws {
    let home = try Home()
    try home.configure(dueIn: 3600)
    let path = home.folder.path("state/ritual/journal.sqlite")
    do {
      let journal = try Journal(at: path)
      let ritual = try #require(RitualID("goodbye-kiss"))
      let before = Instant(seconds: Int64(time(nil)) - 2 * 366 * 86_400)
      for day in 0..<250 as Range<Int64> {
        let scheduled = before.advanced(byMicroseconds: day * 86_400_000_000)
        let occurrence = Occurrence(ritual: ritual, scheduled: scheduled)
        try journal.commit([
          .entry(Entry(occurrence, title: "Kiss", at: scheduled, .missed(.absent, count: 2)))
        ])
      }
    }
    try await home.start()
    _ = try await home.log?.next { $0.contains("Became daily counts: occurrences 249") }
    #expect(try await home.ask([Control.Entry].self, "log").filter { $0.what == "missed" }.count == 1)
    home.daemon?.kill()
    let counts = try Journal(at: path).reader.dailyCounts()
    #expect(counts.count == 249)
    #expect(counts.reduce(0) { $0 + $1.count } == 498)
  }

  /// The files in the journal's folder that were set aside, without SQLite's files beside them.
  private func asides(_ home: Home) -> [String] {
    home.folder.names(in: "state/ritual").filter {
      $0.contains(".damaged-") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm")
    }
  }

  /// Makes a journal with a past, an open reminder and an order; returns the reminder's time.
  private func makeHistory(_ path: String) throws -> Double {
    let ritual = try #require(RitualID("goodbye-kiss"))
    let now = Instant(seconds: Int64(time(nil)))
    let journal = try Journal(at: path)
    for minute in 1...400 as ClosedRange<Int64> {
      let scheduled = now.advanced(byMicroseconds: (minute - 1_000) * 60_000_000)
      let happenings: [Happening] = [.due, .closed(.dismissed), .done(by: .command)]
      try journal.commit(
        happenings.map {
          .entry(Entry(Occurrence(ritual: ritual, scheduled: scheduled), title: "Kiss", at: scheduled, $0))
        })
    }
    let scheduled = now.advanced(byMicroseconds: -60_000_000)
    let occurrence = Occurrence(ritual: ritual, scheduled: scheduled)
    try journal.commit([
      .entry(Entry(occurrence, title: "Kiss", at: scheduled, .due)),
      .entry(Entry(occurrence, title: "Kiss", at: scheduled, .closed(.dismissed))),
      .order(Order(.pause(ritual), since: now)),
    ])
    return Double(scheduled.microseconds) / 1_000_000
  }

  /// Overwrites the middle of the first page that has only entries.
  private func damageHistory(_ path: String) throws {
    let bytes = try read(path)
    let word = Array("dismissed".utf8)
    let page = try #require(
      (1..<bytes.count / 4096).first { page in
        let start = page * 4096
        return bytes[start] == 13
          && (start..<start + 4096 - word.count).contains { bytes[$0..<$0 + word.count].elementsEqual(word) }
      })
    try patch(path, at: page * 4096 + 8, with: Array(repeating: 0xaa, count: 64))
  }

  private func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4 << 20)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    return Array(bytes[..<max(count, 0)])
  }

  private func patch(_ path: String, at place: Int, with bytes: [UInt8]) throws {
    let descriptor = open(path, O_WRONLY)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    try #require(pwrite(descriptor, bytes, bytes.count, place) == bytes.count)
  }

  @Test(
    "A journal that is moved away is begun anew with all that is ordered and open, and what was in it stays in it"
  )
  func movedAway() async throws {
    let home = try Home()
    try home.configure(dueIn: 5)
    try await home.start()
    _ = try await Watch(home).entry("due")
    try await home.ctl("appreciate", "before")
    try home.folder.rename("state/ritual/journal.sqlite", to: "away.sqlite")
    try await home.ctl("pause", "goodbye-kiss")
    try await home.ctl("appreciate", "after")
    home.daemon?.kill()
    try await home.start()
    #expect(try await home.ask([Control.Note].self, "notes").map(\.text) == ["after"])
    let state = try await home.ask(State.self, "status")
    #expect(state.orders.map(\.ritual) == ["goodbye-kiss"])
    #expect(try await home.ask(TodayReply.self, "today").reminders.map(\.ritual) == ["goodbye-kiss"])
    #expect(home.folder.read("away.sqlite")?.contains("before") == true)
    #expect(home.folder.names(in: "state/ritual").filter { $0.contains("damaged") } == [])
  }
}
