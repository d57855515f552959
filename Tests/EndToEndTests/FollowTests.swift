import Control
import DesktopRig
import FoundationEssentials
import Glibc
import InterfaceRig
import Testing

/// Commands that run until they are ended, with the real daemon.
@Suite("Following")
struct FollowTests {
  /// A running program, and its lines.
  final class Running {
    let process: ChildProcess
    let lines: LineReader
    let said: LineReader

    init(_ home: Home, _ words: String...) throws {
      lines = try LineReader("a line of \(words)")
      said = try LineReader("\(words) to say something")
      process = try ChildProcess(
        built("ritualctl"), words, environment: home.environment, output: lines.writing, errors: said.writing)
      lines.closeWritingEnd()
      said.closeWritingEnd()
    }
  }

  @Test("watch finds a daemon that was restarted, and tells what happened meanwhile, once")
  func watch() async throws {
    let home = try Home()
    try home.configure(dueIn: 5)
    try await home.start()
    let watch = try Running(home, "watch", "--json")
    _ = try await watch.said.next { $0 == "ritualctl: following" }
    home.daemon?.kill()
    _ = try await watch.said.next { $0 == "ritualctl: rituald is gone, looking for it" }
    try await home.start()
    _ = try await watch.said.next { $0 == "ritualctl: following again" }
    var entries: [Control.Entry] = []
    while entries.last?.what != "undelivered" {
      let line = try await watch.lines.next()
      let news = try JSONDecoder().decode(WatchReply.self, from: FoundationEssentials.Data(line.utf8))
      if let entry = news.entry { entries.append(entry) }
    }
    #expect(entries.map(\.what) == ["due", "undelivered"])
    try await home.ctl("done")
    let line = try await watch.lines.next { $0.contains("\"entry\"") }
    #expect(line.contains("\"what\":\"done\""), "\(line)")
  }

  @Test("watch tells what was ordered, and ends by Ctrl-C as other programs do")
  func interrupted() async throws {
    let home = try Home()
    try home.configure(dueIn: 3600)
    try await home.start()
    let watch = try Running(home, "watch")
    _ = try await watch.said.next { $0 == "ritualctl: following" }
    try await home.ctl("pause", "goodbye-kiss")
    #expect(try await watch.lines.next { $0.hasPrefix("ordered") } == "ordered: paused goodbye-kiss")
    try await home.ctl("resume")
    #expect(try await watch.lines.next { $0.hasPrefix("ordered") } == "ordered: nothing")
    try await home.ctl("timeout", "1h")
    #expect(try await watch.lines.next { $0.hasPrefix("ordered") }.hasPrefix("ordered: timeout, until "))
    try await home.ctl("pause", "goodbye-kiss")
    let both = try await watch.lines.next { $0.hasPrefix("ordered") }
    #expect(both.hasPrefix("ordered: paused goodbye-kiss; timeout, until "), "\(both)")
    try await home.ctl("timeout", "end")
    #expect(try await watch.lines.next { $0.hasPrefix("ordered") } == "ordered: paused goodbye-kiss")
    try await home.ctl("resume")
    #expect(try await watch.lines.next { $0.hasPrefix("ordered") } == "ordered: nothing")
    watch.process.signal(SIGINT)
    #expect(watch.process.end() == 130)
  }

  @Test("A bar changes with what happens, and with a daemon that goes and comes")
  func bar() async throws {
    let home = try Home()
    let due = try home.configure(dueIn: 6)
    try await home.start()
    let bar = try Running(home, "bar", "--follow")
    #expect(try await bar.lines.next() == "in 1 min Goodbye kiss")
    #expect(try await bar.lines.next() == "Goodbye kiss")
    #expect(time(nil) >= due)
    try await home.ctl("snooze", "3h")
    #expect(try await bar.lines.next().hasSuffix("Goodbye kiss"))
    try await home.ctl("pause")
    #expect(try await bar.lines.next() == "paused")
    home.daemon?.kill()
    #expect(try await bar.lines.next() == "")
    try await home.start()
    #expect(try await bar.lines.next() == "paused")
  }

  @Test("A bar is there before its daemon, and sleeps while nothing changes")
  func idle() async throws {
    let home = try Home()
    try home.configure("[ritual.kiss]\ntitle = \"Kiss\"\nschedule = \"2090-11-24 08:05\"\n")
    let bar = try Running(home, "bar", "--format", "waybar", "--follow")
    #expect(try await bar.lines.next().contains("\"class\":\"off\""))
    try await home.start()
    #expect(try await bar.lines.next().contains("\"class\":\"next\""))
    // It sleeps in poll(2) with no other timer than its alarm: each wake-up is a context switch.
    func switches() throws -> Substring {
      let text = try #require(Self.read("/proc/\(bar.process.pid)/status"))
      return try #require(text.split(separator: "\n").first { $0.hasPrefix("voluntary") })
    }
    try await home.ctl("reload")
    var before = try switches()
    // A reload is an event without a line: after it nothing more happens.
    while true {
      try await home.ctl("status")
      let now = try switches()
      if now == before { break }
      before = now
    }
    for _ in 0..<5 { try await home.ctl("status") }
    #expect(try switches() == before)
    #expect(bar.lines.all.count == 2, "\(bar.lines.all)")
  }

  private static func read(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    let count = Glibc.read(file, &buffer, buffer.count)
    return String(decoding: buffer[..<max(0, count)], as: UTF8.self)
  }
}
