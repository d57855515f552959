import ArgumentParser
import CivilTime
import Control
import Glibc

struct BarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bar", abstract: "A line for a status bar: what waits, or what comes next.",
    discussion: """
      waybar:    "custom/ritual": {
                   "exec": "ritualctl bar --format waybar --follow",
                   "return-type": "json"
                 }
      i3blocks:  command=ritualctl bar --format i3blocks --follow
                 interval=persist
                 format=json

      With --json the same is one JSON object: class, text, short, tooltip.
      """)

  @Option(help: "plain, waybar or i3blocks.")
  var format = BarFormat.plain

  @Flag(help: "Go on, and print it again when it changes.")
  var follow = false

  @OptionGroup var options: GlobalOptions

  func run() throws {
    signal(SIGPIPE, SIG_DFL)
    guard follow else {
      let state = try options.daemon.call("Status", as: StatusReply.self).state
      let today = try options.daemon.call("Today", as: TodayReply.self)
      return Terminal.write(try text(Bar(state, today, now: SystemClock.now)))
    }
    try keepUp()
  }

  private func text(_ bar: Bar) throws -> String {
    options.json ? try JSON.text(of: bar) + "\n" : try format.text(bar, isFollowing: follow)
  }

  /// Prints it whenever it is another one: something happened, or a minute is over that it counts.
  private func keepUp() throws {
    let alarm = try Alarm()
    var printed: Bar?
    func show(_ bar: Bar) throws {
      guard bar != printed else { return }
      printed = bar
      Terminal.write(try text(bar))
    }
    func update() throws {
      do {
        let state = try options.daemon.request("Status", as: StatusReply.self).state
        let today = try options.daemon.request("Today", as: TodayReply.self)
        let now = SystemClock.now
        try show(Bar(state, today, now: now))
        alarm.set(Bar.nextChange(state, now: now))
      } catch is DaemonClient.Unreachable {
        // The one who follows will notice, too.
        alarm.set(nil)
      }
    }
    // Many things that happen at once are one reason to look.
    var isStale = false
    try Follower(daemon: options.daemon, isPatient: true).run(
      waiting: { socket in
        if isStale { try update() }
        isStale = false
        try alarm.wait(for: socket) { try update() }
      },
      { event in
        switch event {
        case .following, .news: isStale = true
        // A restart is over at the second look; a bar need not blink for that.
        case .absent(let failures, let reason): if failures > 1 { try show(.off(reason)) }
        }
      })
  }
}
