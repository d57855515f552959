import Control
import DesktopRig
import Glibc
import InterfaceRig
import SimulationRig
import Testing

/// The real daemon with a clock that is set again and again, as at a machine's start, after sleep, and by
/// hand.
@Suite(
  "A clock that is set under the daemon",
  .disabled(if: isSanitized, "what a sanitized program calls does not pass the clock that tests can set"))
struct ClockTests {
  /// The accepted delay of a reminder in seconds, for a machine that is busy with other tests too.
  static let latest = 30.0

  @Test("Bursts of fifty steps while it is busy: it lives, hears of the last, and what is due comes in time")
  func bursts() async throws {
    let seed = UInt64.random(in: 1...1_000_000)
    print("Bursts of steps from seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let stage = try await Stage(schedule: "*:0/10")
    let load = try await stage.keepBusy()
    let watch = try await Watch(stage.home)
    let period = 600.0
    for burst in 1...9 {
      // Each step goes further than all before, so that its occurrence is a new one.
      let due = ((Double(time(nil)) + Double(burst) * 14_400) / period).rounded(.up) * period
      let steps = (0..<49).map { _ in
        due - Double(time(nil)) - .random(in: 600...10_000, using: &random)
      }
      let last = due - 2 - Double(time(nil))
      try await stage.clock.set(
        (steps + [last]).map { .seconds($0) },
        every: .microseconds(.random(in: 50...2000, using: &random)))
      try #require(stage.home.daemon?.isRunning == true, "it ended at burst \(burst)")
      var entry = try await watch.entry("due")
      while entry.scheduled.unix < due { entry = try await watch.entry("due") }
      #expect(entry.scheduled.unix == due, "burst \(burst)")
      #expect(entry.at.unix >= due && entry.at.unix < due + Self.latest, "burst \(burst): \(entry.at.at)")
    }
    let log = try await stage.home.ask([Control.Entry].self, "log").filter { $0.what == "due" }
    #expect(log.allSatisfy { $0.at.unix >= $0.scheduled.unix })
    _ = load
  }

  @Test("Each single step is heard of, once, however far it goes and wherever")
  func singleSteps() async throws {
    let stage = try await Stage(schedule: "2100-01-01 12:00")
    let steps: [Duration] = [
      .milliseconds(1), .seconds(-1), .seconds(3600), .seconds(86_400 * 365), .zero,
      .seconds(-86_400 * 365),
      // 1970, the last year of a signed 32-bit time, a clock that no wall timer of Dispatch can be armed by,
      // and back.
      .seconds(10 - time(nil)), .seconds(2_147_483_640 - time(nil)), .seconds(6_000_000_000 - time(nil)),
      .zero,
    ]
    for step in steps {
      try await stage.clock.set([step])
      _ = try await stage.home.log?.next { $0.contains("The clock was set") }
    }
    #expect(try await stage.home.ctl("status").status == 0)
    #expect(stage.home.log?.all.count { $0.contains("The clock was set") } == steps.count)
  }

  @Test("Set back and forth before its time, a reminder comes at its time, once, and never before")
  func aroundDeadline() async throws {
    let seed = UInt64.random(in: 1...1_000_000)
    print("Steps around a deadline from seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let due = Double(time(nil) + 7200)
    let stage = try await Stage(schedule: "@\(Int(due))")
    let load = try await stage.keepBusy()
    for _ in 0..<10 {
      // Near it half of the time, and far from it at last: it is not reached before the next step.
      let left = (0..<50).map { step -> Double in
        step == 49 ? 7200 : Bool.random(using: &random) ? 20 : .random(in: 20...7200, using: &random)
      }
      try await stage.clock.set(
        left.map { .seconds(due - Double(time(nil)) - $0) },
        every: .microseconds(.random(in: 50...5000, using: &random)))
    }
    #expect(stage.server.calls.unread.isEmpty)
    try await stage.clock.show(due - 1)
    let call = try await stage.server.calls.next()
    #expect(call.method == "Notify")
    #expect(stage.clock.now >= due)
    // On a busy machine the server of this process may be slow to answer, which makes an entry.
    let log = try await stage.logWhenShown().filter { $0.what != "undelivered" }
    #expect(log.map(\.what) == ["due", "shown"])
    #expect(log.allSatisfy { $0.at.unix >= due && $0.at.unix < due + Self.latest }, "\(log.map(\.at.at))")
    #expect(stage.server.calls.unread.isEmpty)
    _ = load
  }

  @Test(
    "A step over its time shows it at once; one to just before it, at its time",
    arguments: [0.5, -0.5])
  func overDeadline(beyond: Double) async throws {
    let due = Double(time(nil) + 7200)
    let stage = try await Stage(schedule: "@\(Int(due))")
    try await stage.clock.show(due + beyond)
    _ = try await stage.server.calls.next()
    let shown = try #require(try await stage.logWhenShown().last)
    #expect(shown.at.unix >= due && shown.at.unix < due + Self.latest, "\(shown.at.at)")
  }

  @Test("A reminder comes by a clock that is centuries ahead, too")
  func farAhead() async throws {
    let due = 6_000_000_000.0
    let stage = try await Stage(schedule: "@\(Int(due))")
    try await stage.clock.show(due - 3)
    let before = try stage.processorTime()
    _ = try await stage.server.calls.next()
    #expect(stage.clock.now >= due)
    #expect(try stage.processorTime() - before < 1.5, "seconds: it did not sleep")
  }

  @Test("A bar that follows goes by the last of many steps, too")
  func bar() async throws {
    let due = Double(time(nil) + 36_000)
    let stage = try await Stage(schedule: "@\(Int(due))")
    let lines = try LineReader("what the bar says")
    let bar = try ChildProcess(
      built("ritualctl"), ["bar", "--follow"],
      environment: stage.home.environment.merging(stage.clock.environment) { $1 }, output: lines.writing)
    lines.closeWritingEnd()
    _ = try await lines.next()
    for burst in 1...20 {
      // Back and forth between minutes, and finally to another one than in the burst before.
      let left = (1...31).map { Double($0 == 31 ? 20 + burst : 1 + $0) * 60 - 30 }
      try await stage.clock.set(
        left.map { .seconds(due - Double(time(nil)) - $0) }, every: .microseconds(100 * burst))
      #expect(try await lines.next { $0 == "in \(20 + burst) min Again" }.isEmpty == false)
    }
    #expect(bar.isRunning)
  }

  @Test("An end on purpose writes what waited first: of a clock that can be watched no more", .limitsFiles)
  func writesBeforeItEnds() async throws {
    let stage = try await Stage(schedule: "2100-01-01", fileLimit: 120_000)
    let home = stage.home
    for hours in 1...80 where try await home.ask(State.self, "status").journalFailure == nil {
      #expect(try await home.ctl("pause", "each", "--until", "\(hours)h").status == 0)
    }
    #expect(try await home.ctl("pause", "each").status == 0)
    #expect(try await home.ask(State.self, "status").waiting > 0)
    try await home.liftFileLimit()
    try await stage.clock.failTimers(EIO)
    try await stage.clock.set([.seconds(1)])
    _ = try await home.log?.next { $0.contains("cannot watch the clock: \(String(cString: strerror(EIO)))") }
    while home.daemon?.isRunning == true {}
    #expect(home.daemon?.exitStatus == EX_OSERR)
    try await home.start()
    #expect(try await home.ask(State.self, "status").orders.map(\.until) == [nil])
  }
}

/// A daemon with one ritual and a settable clock.
private final class Stage {
  let home: Home
  let clock: SettableClock
  let server: FakeNotificationServer

  init(schedule: String, fileLimit: Int? = nil) async throws {
    home = try Home()
    clock = try await SettableClock(in: home.folder)
    server = try FakeNotificationServer(on: home.bus)
    try home.configure(
      """
      [ritual.each]
      title = "Again"
      schedule = "\(schedule)"
      """)
    try await home.start(clock.environment, fileLimit: fileLimit)
    while try await home.ask(State.self, "status").server == nil {}
  }

  /// The log after the last reminder was shown.
  func logWhenShown() async throws -> [Control.Entry] {
    while true {
      let log = try await home.ask([Control.Entry].self, "log")
      if log.last?.what == "shown" { return log }
    }
  }

  /// The processor time of the daemon in seconds (proc_pid_stat(5)).
  func processorTime() throws -> Double {
    let pid = try #require(home.daemon?.pid)
    let text = try #require(home.folder.read("../../proc/\(pid)/stat"))
    // The third field is the first after the name, which is in parentheses.
    let fields = try #require(text.split(separator: ")").last).split(separator: " ")
    let ticks = try #require(Double(fields[11])) + #require(Double(fields[12]))
    return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  /// Starts clients that send requests without pause, until they are released.
  func keepBusy() async throws -> ChildProcess {
    let clients = """
      import socket, sys, threading
      def ask():
          peer = socket.socket(socket.AF_UNIX); peer.connect(sys.argv[1])
          while True:
              peer.sendall(b'{"method":"io.ritual.Control.Next","parameters":{"count":50}}' + bytes(1))
              while not (piece := peer.recv(65536)).endswith(bytes(1)):
                  if not piece: return
      for _ in range(4): threading.Thread(target=ask).start()
      """
    return try ChildProcess(
      "/usr/bin/python3", ["-c", clients, home.folder.path("run/ritual/control.sock")],
      environment: ["PATH": searchPath])
  }
}
