import ArgumentParser
import CivilTime
import Control
import Glibc
import SystemZones

struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    named: "watch", abstract: "Follows what happens, one line per event, until Ctrl-C.",
    discussion: """
      A restarted daemon is found again, and what happened in the meantime is
      reported then. With --json each line is one JSON object.
      """)

  @OptionGroup var options: GlobalOptions

  func run() throws {
    // A reader that goes away ends the command without a message.
    signal(SIGPIPE, SIG_DFL)
    var printed = PrintedEntries(now: Moment(SystemClock.now, in: .utc))
    var hasFollowed = false
    try EventFollower(daemon: options.daemon).run { event in
      switch event {
      case .following:
        Terminal.write("ritualctl: following\(hasFollowed ? " again" : "")\n", to: STDERR_FILENO)
        if hasFollowed {
          for entry in try missed(since: printed.last) where printed.isNew(entry) {
            try print(WatchReply(entry: entry))
          }
        }
        hasFollowed = true
      case .news(let news):
        if let entry = news.entry, !printed.isNew(entry) { return }
        try print(news)
      case .absent(0, _): Terminal.write("ritualctl: rituald is gone, looking for it\n", to: STDERR_FILENO)
      case .absent: break
      }
    }
  }

  /// The entries that were printed already, as far as they could come again: after a restart, the daemon is
  /// asked for the entries since the last one.
  private struct PrintedEntries {
    private(set) var last: Moment
    private var recent: Set<Control.Entry> = []

    init(now: Moment) { last = now }

    mutating func isNew(_ entry: Control.Entry) -> Bool {
      guard entry.at.instant >= last.instant, recent.insert(entry).inserted else { return false }
      last = entry.at
      recent = recent.filter { $0.at.instant >= last.instant }
      return true
    }
  }

  private func missed(since last: Moment) throws -> [Control.Entry] {
    do {
      return try options.daemon.entries(LogRequest(since: last.at, limit: 10_000))
    } catch is DaemonClient.Unreachable {
      return []
    }
  }

  private func print(_ news: WatchReply) throws {
    if options.json { return Terminal.write(try JSONLine.text(of: news)) }
    if let line = line(news) { Terminal.tell(line + "\n") }
  }

  private func text(_ order: Control.Order, now: Instant) -> String {
    let about = Wording.text(order) + (order.ritual.map { " \(TerminalText.line($0))" } ?? "")
    guard let until = order.until else { return about }
    // A timeout lasts beyond its end, until both are back.
    let words = until.instant > now ? "until" : "over since"
    return "\(about), \(words) \(When(until, now: now).absolute)"
  }

  private func line(_ news: WatchReply) -> String? {
    if let entry = news.entry {
      let words = Wording.text(entry, now: SystemClock.now)
      return "\(When.clock(entry.at))  \(TerminalText.line(entry.title)): \(words)"
    }
    if let rituals = news.rituals {
      let problems = news.problems ?? 0
      return "configuration: " + Wording.count(rituals, "ritual", "rituals")
        + (problems > 0 ? ", " + Wording.count(problems, "problem", "problems") : "")
    }
    if let orders = news.orders {
      let texts = orders.map { text($0, now: SystemClock.now) }
      return "ordered: " + (texts.isEmpty ? "nothing" : texts.joined(separator: "; "))
    }
    return news.server.map {
      $0.isEmpty ? "the notification server is gone" : "notifications are shown by \(TerminalText.line($0))"
    }
  }
}
