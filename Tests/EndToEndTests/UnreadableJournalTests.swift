import CSQLite
import CivilTime
import Control
import DesktopRig
import Glibc
import InterfaceRig
import Journal
import Rituals
import Testing

/// A journal that exists and cannot be read at the daemon's start is neither ignored nor overwritten.
@Suite("The daemon and a journal that it cannot read")
struct UnreadableJournalTests {
  @Test("The daemon waits for a journal that another program locks, and then applies its state")
  func locked() async throws {
    let home = try Home()
    let past = try Past(in: home)
    let lock = try ForeignLock(on: past.path)
    try await home.start(until: "another program is writing")
    #expect(try await home.ctl("status").errors.contains("another program is writing"))
    #expect(try await home.ctl("pause", "--until", "1h").status == EX_UNAVAILABLE)
    lock.release()
    _ = try await home.log?.next { $0.contains("Ready") }
    try await past.expectInForce(home)
  }

  @Test(
    "The daemon waits for a journal that it may not read, and then applies its state",
    arguments: ["", "-wal"])
  func forbidden(suffix: String) async throws {
    let home = try Home()
    let past = try Past(in: home)
    if !suffix.isEmpty {
      // A crash leaves the latest changes in the write-ahead log.
      try await home.start()
      home.daemon?.kill()
    }
    try #require(chmod(past.path + suffix, 0) == 0)
    try await home.start(obeyingModes: true, until: "Permission denied")
    let status = try await home.ctl("status")
    #expect(status.status == EX_UNAVAILABLE)
    #expect(
      status.errors.contains(past.path) && status.errors.contains("Permission denied"), "\(status.errors)")
    chmod(past.path + suffix, 0o600)
    _ = try await home.log?.next { $0.contains("Ready") }
    try await past.expectInForce(home)
  }

  @Test("A folder in its place is waited for; the journal that comes back is the one that it was")
  func occupied() async throws {
    let home = try Home()
    let past = try Past(in: home)
    try home.folder.rename("state/ritual", to: "away")
    _ = try home.folder.makeFolder("state/ritual")
    _ = try home.folder.makeFolder("state/ritual/journal.sqlite")
    try await home.start(until: "it is a folder")
    #expect(try await home.ctl("status").errors.contains("it is a folder"))
    try home.folder.rename("state/ritual", to: "folders")
    try home.folder.rename("away", to: "state/ritual")
    _ = try await home.log?.next { $0.contains("Ready") }
    try await past.expectInForce(home)
  }

  @Test(
    "One that appears late, as on a disk mounted after the start, is gone on from, and gets what was ordered since"
  )
  func late() async throws {
    let home = try Home()
    let past = try Past(in: home)
    try home.folder.rename("state/ritual", to: "mounted")
    try await home.start()
    #expect(try await home.ctl("pause", "hug").status == 0)
    let pid = home.daemon?.pid
    try home.folder.rename("state/ritual", to: "beneath")
    try home.folder.rename("mounted", to: "state/ritual")

    #expect(try await home.ctl("discreet", "on").status == 0)
    _ = try await home.log?.next { $0.contains("Another journal") }
    _ = try await home.log?.next { $0.contains("Ready") }
    #expect(home.daemon?.pid == pid && home.daemon?.isRunning == true)
    try await past.expectInForce(home, also: [.discretion])
    // It receives signals as before, and its socket is its own.
    #expect(try await home.runDaemon().status == EX_UNAVAILABLE)
    home.daemon?.signal(SIGTERM)
    _ = try await home.log?.next { $0.contains("Stopped") }
    #expect(home.daemon?.end() == 0)
    // The changes of that time are in the journal that was there then.
    let beneath = try Journal(at: home.folder.path("beneath/journal.sqlite")).reader.snapshot(at: past.now)
    #expect(beneath.orders.map(\.subject) == [.pause(RitualID("hug"))])
  }

  @Test(
    "On a full disk it goes on from the one that is there, and leaves its seed when it can write",
    .limitsFiles)
  func full() async throws {
    let home = try Home()
    let past = try Past(in: home)
    try await home.start(fileLimit: 100)
    let state = try await home.ask(State.self, "status")
    #expect(state.journalFailure != nil && state.orders.map(\.ritual) == ["hug"])
    #expect(try await home.ctl("discreet", "on").status == 0)
    try await home.liftFileLimit()
    _ = try await home.log?.next { $0.contains("written again") }
    try await past.expectInForce(home, also: [.discretion])
  }

  @Test("A new journal on a full disk has a seed of its own", .limitsFiles)
  func seed() async throws {
    let home = try Home()
    try await home.start(fileLimit: 100)
    try await home.liftFileLimit()
    #expect(try await home.ctl("discreet", "on").status == 0)
    home.daemon?.kill()
    let snapshot = try Journal(at: home.folder.path("state/ritual/journal.sqlite")).reader.snapshot(
      at: Instant(seconds: Int64(time(nil))))
    #expect(snapshot.orders.map(\.subject) == [.discretion])
    #expect(snapshot.draws.seed != 0)
  }
}

/// A journal with everything that must not be lost: a snoozed reminder, a pause, a drawn prompt, a seed.
private struct Past {
  let path: String
  let now = Instant(seconds: Int64(time(nil)))
  private let before: Snapshot

  init(in home: Home) throws {
    try home.configure(
      """
      [ritual.kiss]
      title = "Kiss"
      schedule = "@4000000000"
      [ritual.hug]
      title = "Hug"
      schedule = "@4000000000"
      """)
    path = home.folder.path("state/ritual/journal.sqlite")
    let journal = try Journal(at: path)
    let kiss = try #require(RitualID("kiss"))
    let hug = try #require(RitualID("hug"))
    let occurrence = Occurrence(ritual: kiss, scheduled: now.advanced(byMicroseconds: -60_000_000))
    let until = now.advanced(byMicroseconds: 3_600_000_000)
    try journal.commit([
      .entry(Entry(occurrence, title: "Kiss", at: now, .due)),
      .entry(Entry(occurrence, title: "Kiss", at: now, .snoozed(until: until, by: .command))),
      .order(Order(.pause(hug), since: now)),
      .drew(Draw(deck: ContentID(kiss), prompt: ContentID(kiss), round: 3)),
    ])
    before = try journal.reader.snapshot(at: now)
  }

  /// The daemon uses this state, and so does the next one.
  func expectInForce(_ home: Home, also orders: [Rituals.Order.Subject] = []) async throws {
    let state = try await home.ask(State.self, "status")
    #expect(state.reminders.map(\.phase) == ["snoozed"])
    #expect(state.orders.contains { $0.what == "paused" && $0.ritual == "hug" })
    home.daemon?.signal(SIGTERM)
    home.daemon?.end()
    let after = try Journal(at: path).reader.snapshot(at: now)
    #expect(after.open == before.open)
    #expect(after.orders.map(\.subject) == before.orders.map(\.subject) + orders)
    #expect(after.draws == before.draws)
    try await home.start()
  }
}

/// Another program's lock on the whole file, like a database browser's while it writes.
private final class ForeignLock {
  private var handle: OpaquePointer?

  init(on path: String) throws {
    try #require(sqlite3_open(path, &handle) == SQLITE_OK)
    try #require(
      sqlite3_exec(handle, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE", nil, nil, nil) == SQLITE_OK)
  }

  isolated deinit { release() }

  func release() {
    sqlite3_close(handle)
    handle = nil
  }
}
