import ArgumentParser
import Control
import Glibc

struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Follows what happens, a line an event, until Ctrl-C.")

  @OptionGroup var options: GlobalOptions

  func run() throws {
    // A reader that goes away ends this too, quietly.
    signal(SIGPIPE, SIG_DFL)
    var seconds: UInt32 = 1
    var hasFollowed = false
    while true {
      do {
        try options.daemon.follow { news in
          if news == News() {
            Terminal.write("ritualctl: following\n", to: STDERR_FILENO)
            (seconds, hasFollowed) = (1, true)
          } else if let line = try line(news) {
            Terminal.write(line + "\n")
          }
        }
      } catch let error as DaemonClient.Unreachable {
        // At the start it is the user's mistake; later the daemon is being restarted.
        guard hasFollowed else { throw error.said }
      }
      Terminal.write("ritualctl: the daemon is gone, trying again\n", to: STDERR_FILENO)
      sleep(seconds)
      seconds = min(seconds * 2, 30)
    }
  }

  private func line(_ news: News) throws -> String? {
    if options.json { return try JSON.text(of: news) }
    if let entry = news.entry {
      let words = Wording.text(entry, now: SystemClock.now)
      return "\(When.clock(entry.at))  \(Plain.text(entry.title)): \(words)"
    }
    if let rituals = news.rituals {
      let problems = news.problems ?? 0
      return "configuration: " + Wording.count(rituals, "ritual", "rituals")
        + (problems > 0 ? ", " + Wording.count(problems, "problem", "problems") : "")
    }
    return news.server.map {
      $0.isEmpty ? "the notification server is gone" : "notifications are shown by \($0)"
    }
  }
}
