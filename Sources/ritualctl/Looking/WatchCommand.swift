import ArgumentParser
import CivilTime
import Control
import Glibc

struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Follows what happens, a line an event, until Ctrl-C.",
    discussion: """
      A daemon that is restarted is found again; what happened meanwhile is told
      then. With --json each line is one JSON object.
      """)

  @OptionGroup var options: GlobalOptions

  func run() throws {
    // A reader that goes away ends this too, quietly.
    signal(SIGPIPE, SIG_DFL)
    var told = Told(now: Moment(SystemClock.now, in: .utc))
    var hasFollowed = false
    try Follower(daemon: options.daemon).run { event in
      switch event {
      case .following:
        Terminal.write("ritualctl: following\(hasFollowed ? " again" : "")\n", to: STDERR_FILENO)
        if hasFollowed {
          for entry in try missed(since: told.last) where told.isNew(entry) { try print(News(entry: entry)) }
        }
        hasFollowed = true
      case .news(let news):
        if let entry = news.entry, !told.isNew(entry) { return }
        try print(news)
      case .absent(0, _): Terminal.write("ritualctl: rituald is gone, looking for it\n", to: STDERR_FILENO)
      case .absent: break
      }
    }
  }

  /// What has been told already, as far as it could be told again: a daemon that was restarted is asked for
  /// what it did before it was followed again.
  private struct Told {
    private(set) var last: Moment
    private var recent: Set<LogEntry> = []

    init(now: Moment) { last = now }

    mutating func isNew(_ entry: LogEntry) -> Bool {
      guard entry.at.instant >= last.instant, recent.insert(entry).inserted else { return false }
      last = entry.at
      recent = recent.filter { $0.at.instant >= last.instant }
      return true
    }
  }

  private func missed(since last: Moment) throws -> [LogEntry] {
    do {
      return try options.daemon.entries(LogRequest(since: last.at, limit: 10_000))
    } catch is DaemonClient.Unreachable {
      return []
    }
  }

  private func print(_ news: News) throws {
    if options.json { return Terminal.write(try JSON.text(of: news) + "\n") }
    if let line = line(news) { Terminal.tell(line + "\n") }
  }

  private func text(_ order: OrderInfo, now: Instant) -> String {
    let about = Wording.text(order) + (order.ritual.map { " \(Plain.text($0))" } ?? "")
    guard let until = order.until else { return about }
    // Of a timeout, until both are back.
    let words = until.instant > now ? "until" : "over since"
    return "\(about), \(words) \(When(until, now: now).absolute)"
  }

  private func line(_ news: News) -> String? {
    if let entry = news.entry {
      let words = Wording.text(entry, now: SystemClock.now)
      return "\(When.clock(entry.at))  \(Plain.text(entry.title)): \(words)"
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
      $0.isEmpty ? "the notification server is gone" : "notifications are shown by \(Plain.text($0))"
    }
  }
}
